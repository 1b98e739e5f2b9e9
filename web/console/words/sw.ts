// Maneno yote ya dashibodi, kwa Kiswahili.
import type { Unit } from '../text/time';
import type { Words } from './en';

const units: Record<Unit, string> = { s: 'sek', min: 'dak', h: 'saa', d: 'siku' };

export const sw: Words = {
  span: (value, unit) => `${units[unit]} ${value}`,
  ago: (span) => `${span} zilizopita`,
  clock: (place) => `Saa za ${place}`,

  rail: {
    label: 'Sehemu', home: 'Nyumbani', payments: 'Malipo', deposits: 'Malipo yanayoingia', withdrawals: 'Utoaji', batches: 'Mafungu', refunds: 'Marejesho', approvals: 'Idhini', unmatched: 'Zisizo na oda',
    money: 'Fedha', balances: 'Salio', postbacks: 'Taarifa', reports: 'Ripoti', setUp: 'Mipangilio', settings: 'Mipangilio', team: 'Timu', trail: 'Kumbukumbu', operator: 'Mwendeshaji', merchants: 'Wafanyabiashara',
    rates: 'Viwango', health: 'Afya', fold: 'Kunja sehemu', unfold: 'Kunjua sehemu', open: 'Fungua sehemu', close: 'Funga sehemu', skip: 'Ruka hadi yaliyomo', waiting: (number) => `${number} zinasubiri`,
  },
  top: {
    find: 'Risiti, simu, oda, lebo, kiasi…', findName: 'Tafuta', merchant: 'Mfanyabiashara', allMerchants: 'Wafanyabiashara wote', sandbox: 'MAJARIBIO', sandboxMeans: 'Hakuna fedha halisi hapa', person: 'Wewe', security: 'Usalama wako', out: 'Ondoka', language: 'Lugha',
    theme: 'Mwonekano', themes: { system: 'Kama kifaa', light: 'Angavu', dark: 'Giza' }, version: (text) => `Lango ${text}`,
  },

  say: {
    cancel: 'Ghairi', close: 'Funga', save: 'Hifadhi', back: 'Rudi', copy: 'Nakili', copied: 'Imenakiliwa', more: 'Onyesha zaidi', again: 'Jaribu tena', refresh: 'Onyesha upya', open: 'Fungua', yes: 'Ndiyo', no: 'Hapana', none: 'hakuna', loading: 'Inapakia',
    optional: 'si lazima', all: 'Zote', details: 'Maelezo', print: 'Chapisha', goOn: 'Endelea', notThere: 'Hakuna ukurasa huu.', toHome: 'Nyumbani', change: 'Badilisha', required: 'Hii inahitajika.', done: 'Tayari',
    proposed: (number) => `Imependekezwa kwa namba ${number}. Mtu mwingine lazima akubali: tazama Idhini.`, since: (time) => `tangu ${time}`, by: (who) => `na ${who}`, download: 'Pakua', total: 'Jumla', ofAll: (part) => `${part} ya zote`,
  },
  wrong: {
    title: 'Haikufanikiwa', unreachable: 'Lango halikujibu. Haijulikani kama imefanyika: angalia kabla ya kujaribu tena.', lost: 'Lango halikujibu.', http: 'Lango halikuweza kufanya hivi. Kumbukumbu zake zinasema kwa nini.', permission: (name) => `Ruhusa inayokosekana: ${name}`,
    codes: {
      not_permitted: 'Jukumu lako haliruhusu hili.', nobody: 'Hujaingia.', session_over: 'Kipindi chako kimeisha: ingia tena.', wrong_key: 'Hakuna mtu huyu mwenye ufunguo huu.', not_running: 'Lango halifanyi kazi.', no_second_factor: 'Kwanza weka uthibitisho wa pili.',
      damaged: 'Kilichohifadhiwa hakisomeki: hakuna kilichofanyika.', slow_down: 'Majaribio mengi mno. Subiri, kisha jaribu tena.', wrong_password: 'Hakuna mtu huyu mwenye nywila hii.', wrong_code: 'Msimbo huo si sahihi, au umeshatumika.', wrong_passkey: 'Ufunguo huo wa siri haukukubaliwa.',
      weak_password: 'Nywila hiyo inakisiwa kwa urahisi. Chukua ndefu zaidi; sentensi ni nzuri.', invitation_over: 'Mwaliko huu umeshatumika, au ni wa zamani mno. Omba mwingine.', foreign_page: 'Ukurasa huu ni wa zamani kuliko kipindi chako: upakie upya.',
      first_key: 'Mtu mwingine ameona ufunguo wako: kwanza tengeneza wako mwenyewe.',
    },
    wait: (seconds) => `Subiri sekunde ${seconds}.`,
  },

  login: {
    title: 'Ingia', about: 'Ofisi ya ndani ya lango hili la malipo.', name: 'Jina', password: 'Nywila', submit: 'Ingia', or: 'au', passkey: 'Ingia kwa ufunguo wa siri', passkeyWrong: 'Ufunguo wa siri haukukubaliwa. Jaribu tena, au tumia nywila yako.', passkeyNone: 'Kivinjari hiki hakina funguo za siri.',
    code: 'Msimbo', codeTitle: 'Uthibitisho wako wa pili', codeAbout: 'Tarakimu sita ambazo programu yako ya uthibitisho inaonyesha, au mmoja wa misimbo yako ya akiba.', codeSubmit: 'Endelea', usePasskey: 'Tumia ufunguo wa siri', other: 'Ingia kama mtu mwingine', over: 'Kipindi chako kimeisha. Ingia uendelee ulipokuwa.', secured: (host) => `Uko ${host}`,
  },
  enroll: {
    title: 'Uthibitisho wa pili', about: 'Nywila peke yake haitoshi hapa. Chagua jinsi utakavyothibitisha kuwa ni wewe; unaweza kuongeza nyingine baadaye.', app: 'Programu ya uthibitisho', appAbout: 'Programu kwenye simu yako inaonyesha msimbo mpya kila sekunde 30.', passkey: 'Ufunguo wa siri',
    passkeyAbout: 'Alama ya kidole, uso au ufunguo wa usalama. Hakuna cha kuandika.', begin: 'Weka', scan: 'Piga picha hii kwa programu', qr: 'Msimbo wa QR wa programu yako ya uthibitisho', secret: 'Au andika ufunguo huu ndani yake', code: 'Msimbo ambao programu inaonyesha sasa', confirm: 'Thibitisha', label: 'Jina la ufunguo huu wa siri', labelUsual: 'Kifaa hiki', create: 'Tengeneza ufunguo wa siri', wrong: 'Hakuna ufunguo uliotengenezwa. Jaribu tena.',
  },
  recovery: {
    title: 'Misimbo yako ya akiba', about: 'Kila mmoja unakuingiza mara moja simu yako ikipotea. Inaonyeshwa mara hii moja tu.', copyAll: 'Nakili yote', download: 'Pakua', kept: 'Nimeihifadhi mahali ambapo nywila yangu haipo', goOn: 'Endelea', left: (number) => `Misimbo ya akiba iliyobaki: ${number}`,
  },
  invitation: {
    title: 'Karibu', about: 'Chagua nywila ya herufi 12 au zaidi. Sentensi ni nzuri.', password: 'Nywila mpya', again: 'Mara nyingine', submit: 'Endelea', different: 'Hizi mbili hazifanani.', short: 'Angalau herufi 12.', bad: 'Mwaliko huu umeshatumika, au ni wa zamani mno. Omba mwingine.',
  },
  stepUp: {
    title: 'Thibitisha kuwa ni wewe', about: 'Hili linahamisha fedha au linabadilisha nani anaruhusiwa.', code: 'Msimbo wa programu yako ya uthibitisho', once: 'Kila msimbo unatumika mara moja; unaofuata unakuja ndani ya sekunde 30.', submit: 'Thibitisha', passkey: 'Thibitisha kwa ufunguo wa siri', passkeyWrong: 'Ufunguo wa siri haukukubaliwa.', or: 'au',
  },
  security: {
    title: 'Usalama wako', sessions: 'Vipindi', sessionsAbout: 'Mahali ulipoingia.', here: 'hiki', end: 'Maliza', endAll: 'Maliza vingine vyote', password: 'Nywila', oldPassword: 'Nywila ya zamani', newPassword: 'Nywila mpya', changed: 'Nywila yako imebadilishwa.', passkeys: 'Funguo za siri', addPasskey: 'Ongeza ufunguo wa siri', remove: 'Ondoa', noPasskeys: 'Hakuna bado.', totp: 'Programu ya uthibitisho', totpOn: 'Imewekwa.', totpOff: 'Haijawekwa.', totpNew: 'Weka upya', from: 'Kutoka', begun: 'Kilianza', used: 'Kilitumika mwisho', added: 'Uliongezwa', newRecovery: 'Misimbo mipya ya akiba',
  },

  field: {
    time: 'Wakati', state: 'Hali', amount: 'Kiasi', phone: 'Simu', receipt: 'Risiti', merchant: 'Mfanyabiashara', label: 'Lebo', theirId: 'Namba ya mfanyabiashara', id: 'Namba yetu', code: 'Msimbo', reason: 'Sababu', fee: 'Ada', kind: 'Aina', comment: 'Maoni', by: 'Imetengenezwa na', closed: 'Iliisha', method: 'Njia', order: 'Malipo', gone: 'Zimerudi', paidWith: 'Risiti ya marejesho', reference: 'Rejea', left: 'Zilizobaki', attempts: 'Majaribio', lastAnswer: 'Jibu la mwisho', nextTry: 'Jaribio lijalo', payment: 'Malipo', review: 'Inahitaji kuangaliwa', who: 'Nani', act: 'Nini', subject: 'Ya nini', before: 'Kabla', after: 'Baada', detail: 'Maelezo', row: 'Safu', name: 'Jina', role: 'Jukumu', added: 'Iliongezwa', account: 'Akaunti', balance: 'Salio', held: 'Zimeshikiliwa', free: 'Huru', currency: 'Sarafu', day: 'Siku', deposits: 'Malipo', paid: 'Yamelipwa', failed: 'Hayakulipwa', expired: 'Yameisha muda', open: 'Wazi', success: 'Mafanikio', moneyIn: 'Zilizoingia', withdrawals: 'Utoaji', moneyOut: 'Zilizotoka', refunds: 'Marejesho', refunded: 'Zilizorudishwa', share: 'Sehemu', recipient: 'Mpokeaji', rate: 'Kwa dola moja ya Marekani', count: 'Idadi', oldest: 'Muda', what: 'Nini', sum: 'Jumla', file: 'Faili', uploaded: 'Lilipakiwa', number: 'Namba',
  },

  list: {
    views: 'Mionekano', saveView: 'Hifadhi mwonekano huu…', removeView: (name) => `Sahau ${name}`, viewsKept: 'Unahifadhiwa kwenye kifaa hiki.', filter: 'Chuja', filters: 'Vichujio', clear: 'Ondoa vyote', remove: (name) => `Ondoa kichujio ${name}`, apply: 'Tumia', columns: 'Safu wima', export: 'Hamisha', exporting: (rows) => `Safu ${rows}…`, exported: (rows) => `Safu ${rows} zimehamishwa`, stop: 'Simamisha', anyState: 'Hali yoyote', anyTime: 'Wakati wowote', today: 'Leo', yesterday: 'Jana', week: 'Siku 7 zilizopita', month: 'Siku 30 zilizopita', own: 'Chagua…', from: 'Kuanzia', until: 'Hadi', before: 'kabla ya', searched: (time) => `Yote tangu ${time} yametazamwa.`, goOn: 'Tazama nyuma zaidi', newer: 'Mapya yamekuja', all: 'Ni hayo yote.', none: 'Hakuna kinacholingana na vichujio hivi.', noneHint: 'Ondoa kichujio, au tazama nyuma zaidi.', amountHint: '1000, au 500..1000', phoneHint: '0712 345 678', rows: 'Tumia vitufe vya mishale kwenda safu hadi safu, Enter kufungua.', review: 'Yanayohitaji kuangaliwa tu',
  },

  deposit: {
    title: 'Malipo yanayoingia', about: 'Fedha ambazo walipaji wanatuma.', empty: 'Hakuna malipo bado.', emptyHint: 'Ya kwanza yanakuja kupitia API ya mfanyabiashara wako, au kutoka dirisha la malipo.',
    states: { created: 'Mpya', pushing: 'Inaomba M-PESA', prompted: 'PIN haijawekwa', unknown: 'Haijulikani, inaulizwa', verifying: 'Inathibitishwa', paid: 'Imelipwa', failed: 'Haikulipwa', expired: 'Imeisha muda' },
    codes: {
      '1': 'salio halitoshi', '2': 'chini ya kiwango', '3': 'juu ya kiwango', '4': 'juu ya kiwango cha siku', '17': 'ilirudiwa mapema mno', '26': 'M-PESA ina shughuli', '1001': 'ombi jingine liko wazi', '1019': 'ombi limeisha muda', '1025': 'halikufika',
      '1032': 'ilighairiwa', '1036': 'simu haikupatikana', '1037': 'hakuna jibu', '2001': 'PIN si sahihi', '2028': 'hairuhusiwi', '8006': 'PIN imefungwa', '9999': 'hitilafu M-PESA',
    },
  },
  payout: {
    states: { waiting: 'Inasubiri idhini', queued: 'Kwenye foleni', sending: 'Inatumwa', sent: 'Imetumwa, haijathibitishwa', unknown: 'Haijulikani, inaulizwa', paid: 'Imelipwa', failed: 'Haikulipwa', open: 'Zote zilizo wazi', attention: 'Inahitaji kuangaliwa' },
    kinds: { api: 'Kwa API', manual: 'Kwa mkono', test: 'Jaribio', refund: 'Marejesho' }, methods: { reversal: 'Kubatilisha', payout: 'Kutuma' },
  },
  withdrawal: { title: 'Utoaji', about: 'Fedha zinazoenda kwa watu.', empty: 'Hakuna kilichotolewa bado.', emptyHint: 'Bonyeza Ongeza ombi la utoaji, au pakia jedwali kama fungu.', add: 'Ongeza ombi la utoaji' },
  refund: { title: 'Marejesho', about: 'Fedha zinazorudi kwa mlipaji wake.', empty: 'Hakuna kilichorudishwa bado.', emptyHint: 'Fungua malipo yaliyolipwa, kisha bonyeza Rudisha.' },

  story: {
    what: 'Kilichotokea', raw: 'Ujumbe ghafi wa M-PESA', rawNone: 'M-PESA haijasema kitu bado.', facts: 'Taarifa', money: 'Fedha', actions: 'Hatua', ledger: 'Daftari', ledgerNone: 'Hakuna kilichoandikwa.', told: 'Taarifa', toldNone: 'Hakuna taarifa inayotakiwa.', refunds: 'Marejesho', approvals: 'Idhini', needsReview: 'Inahitaji kuangaliwa', noActions: 'Hakuna la kufanya sasa.', approvedBy: 'Imeidhinishwa na', notCounted: 'haihesabiki tena', uncovered: 'Inasubiri fedha', booked: 'Imeandikwa', tries: (number) => `Majaribio: ${number}`, nextTry: (time) => `jaribio lijalo ${time}`, took: (text) => `ndani ya ms ${text}`, because: 'Imelipwa kwa sababu', becauseText: (receipt, source) => `${source}, risiti ${receipt}.`,
    sources: { callback: 'M-PESA iliarifu hivyo', query: 'M-PESA ilisema hivyo ilipoulizwa', pull: 'iko kwenye orodha ya malipo ya M-PESA', person: 'mtu aliziona fedha', confirmation: 'uthibitisho wa M-PESA ulisema hivyo' },
    events: {
      created: 'Imeombwa', push_sent: 'Ombi limetumwa M-PESA', push_accepted: 'M-PESA imelipokea ombi: simu inalia', push_refused: 'M-PESA imelikataa ombi', push_postponed: 'M-PESA ilikuwa na shughuli nyingi: itajaribiwa baadaye', push_unanswered: 'M-PESA haikujibu ombi', claimed_paid: 'M-PESA ilisema imelipwa; inathibitishwa', paid: 'Imelipwa', failed: 'Haikulipwa', expired: 'Imeisha muda', amount_differs: 'Kiasi kingine kimekuja', second_receipt: 'Risiti ya pili imekuja', unknown_code: 'M-PESA ilijibu kwa msimbo usiojulikana', needs_person: 'Inahitaji kuangaliwa', receipt_refused: 'Risiti ilikataliwa', attended: 'Imeangaliwa', other_push_paid: 'Ombi lingine la oda hii lililipwa', refund: 'Marejesho', gave_way: 'Iliacha nafasi kwa ombi la mfanyabiashara', money_too_late: 'Fedha zilichelewa mno', claimed_again: 'M-PESA ilisema tena', masked: 'Data ya mtu imefichwa', approved: 'Imeidhinishwa', rejected: 'Imekataliwa', sending: 'Inatumwa M-PESA', accepted: 'M-PESA imeipokea', refused: 'M-PESA imeikataa', postponed: 'M-PESA ilikuwa na shughuli nyingi: itajaribiwa baadaye', unanswered: 'M-PESA haikujibu', timed_out: 'Foleni ya M-PESA imeisha muda: hatima inaulizwa', not_found: 'M-PESA haiipati', contradicted: 'M-PESA ilisema kinyume baadaye', covered: 'Fedha zake zipo', judged: 'Mtu alisema iliishaje', done_before: 'Ilikuwa imefanyika', over_refunded: 'Zilirudi zaidi ya zilizoingia',
    },
    messages: { push_answer: 'Jibu la ombi', callback: 'Taarifa ya M-PESA', query_answer: 'Jibu la swali', pulled: 'Kutoka orodha ya malipo', confirmation: 'Uthibitisho', pay_answer: 'Jibu la ombi', result: 'Matokeo', status: 'Jibu la swali', timeout: 'Foleni imeisha muda' },
    outcomes: { delivered: 'Imefika', wrong_answer: 'Ilijibiwa, lakini si kwa ok', no_answer: 'Hakuna jibu', address_refused: 'Anwani hairuhusiwi', bytes_changed: 'Haikutumwa: baiti zake zilibadilika', gateway_died: 'Lango lilizimika wakati huo' },
    accounts: { rail: 'M-PESA', merchant: 'Mfanyabiashara', fees: 'Ada', suspense: 'Fedha zisizo na oda', receivable: 'Deni la mfanyabiashara' },
    bookings: { deposit_paid: 'Malipo yamelipwa', deposit_to_suspense: 'Kwa fedha zisizo na oda', withdrawal_paid: 'Utoaji umelipwa', withdrawal_paid_uncovered: 'Umelipwa bila fedha', suspense_written_off: 'Zimefutwa' },
  },
  act: {
    resend: 'Tuma taarifa tena', resent: 'Taarifa iko njiani.', refund: 'Rudisha…', resolve: 'Amua kwa mkono…', reviewed: 'Nimeliangalia', reviewedDone: 'Limeondolewa kwenye orodha.', approve: 'Idhinisha', reject: 'Kataa…', approved: (got, needed) => `Imeidhinishwa: ${got} kati ya ${needed}.`, rejected: 'Imekataliwa. Hakuna kinachotoka.', reference: 'Toa rejea ya paybill', referenceIs: (paybill, reference) => `Paybill ${paybill}, akaunti ${reference}`,
  },
  refundForm: { title: 'Rudisha', about: (amount) => `KES ${amount} zinaweza kurudi, si zaidi.`, amount: 'Kiasi kwa shilingi', whole: 'Zote usiposema kidogo.', reason: 'Kwa nini', phone: 'Simu nyingine kuliko ya mlipaji', phoneHint: 'Hapo mtu lazima aidhinishe.', submit: 'Rudisha', done: 'Marejesho yametengenezwa.', method: 'Njia', methodAny: 'Inavyofaa' },
  resolveDeposit: { title: 'Fedha zilionekana', about: 'Weka malipo haya kwa risiti uliyoiona M-PESA.', receipt: 'Risiti', submit: 'Weka', done: 'Yamewekwa.' },
  resolvePayout: { title: 'Iliishaje?', about: 'Kwanza angalia tovuti ya M-PESA. Watu wawili lazima waseme sawa.', paid: 'Ililipwa', failed: 'Haikulipwa', receipt: 'Risiti', reason: 'Uliangalia nini', submit: 'Sema hivyo', first: 'Imeandikwa. Mtu mmoja zaidi lazima aseme sawa.', done: 'Imeamuliwa.' },
  rejectForm: { title: 'Kataa', about: 'Haitoki.', reason: 'Kwa nini', submit: 'Kataa' },

  add: {
    title: 'Ongeza ombi la utoaji', about: 'Inalipwa na M-PESA. Hakuna taarifa inayotumwa kwa utoaji uliotengenezwa kwa mkono.', merchant: 'Mfanyabiashara', system: 'Mfumo wa malipo', systemHint: 'Ule uliowashwa.', phone: 'Simu ya mpokeaji', phoneHint: '0712 345 678 au 254712345678', amount: 'Kiasi kwa shilingi', label: 'Lebo', labelHint: 'Neno lako kwa mpokeaji', comment: 'Maoni', commentHint: 'Kwa anayeidhinisha', id: 'Namba yako', idHint: 'Ikisemwa mara mbili, ni utoaji mmoja', submit: 'Ongeza', badPhone: 'Namba ya Kenya, kama 0712 345 678.', badAmount: 'Idadi ya shilingi, kama 1500.', done: 'Imeongezwa', doneWaits: 'Inasubiri idhini.', doneGoes: 'Iko njiani.', see: 'Itazame', another: 'Ongeza nyingine',
  },
  batch: {
    title: 'Mafungu', about: 'Majedwali ya utoaji.', upload: 'Pakia jedwali', drop: 'Dondosha faili la CSV au XLSX hapa', dropOr: 'au chagua faili', columns: 'Safu wima: withdrawal_id, account_number, amount; label na comment ukipenda.', looking: 'Faili linasomwa…', empty: 'Hakuna fungu bado.', emptyHint: 'Dondosha jedwali juu: linatazamwa kwanza, na hakuna kinacholipwa hadi uliachilie.', needMerchant: 'Kwanza chagua mfanyabiashara juu.', hidden: 'Soma pia safu zilizofichwa', again: 'Tengeneza fungu jingine la faili lililoachiliwa awali',
    states: { reading: 'Si kamili', checked: 'Linasubiri kuachiliwa', releasing: 'Linaachiliwa', stopped: 'Limesimama', done: 'Tayari', cancelled: 'Limeghairiwa' }, rowStates: { open: 'Wazi', made: 'Imetengenezwa', there: 'Ilikuwepo', refused: 'Imekataliwa', wrong: 'Ina kosa' },
    number: (number) => `Fungu ${number}`, rows: (number) => `Safu ${number}`, wrong: (number) => `Safu zenye makosa: ${number}.`, wrongHint: 'Zirekebishe kwenye jedwali na ulipakie tena.', dryRun: 'Kuliachilia kungefanya nini', taken: 'zingetengenezwa', there: 'zipo tayari', waiting: 'zinasubiri idhini', shortOf: 'hazina fedha', newRecipients: 'zinaenda kwa wapokeaji wapya', repeats: 'zinalipa mara mbili', sinceLast: (number) => `Dhidi ya fungu ${number}`, same: 'sawa', otherAmount: 'kiasi kingine', added: 'mpya', gone: 'zimeondoka', largest: 'Kubwa zaidi', toNew: 'Kwa wapokeaji wapya', repeated: 'Sawa mara mbili',
    release: 'Achilia…', releaseTitle: 'Achilia fungu hili', releaseAbout: 'Andika jumla inayolipwa, kwa shilingi.', sum: 'Jumla', otherSum: 'Hiyo si jumla ya fungu.', released: 'Limeachiliwa.', cancel: 'Ghairi fungu', cancelled: 'Limeghairiwa.', approve: 'Idhinisha zote…', approveTitle: 'Idhinisha fungu hili', approved: 'Limeidhinishwa.', progress: 'Maendeleo', allRows: 'Safu zote', madeOf: (made, rows) => `${made} kati ya ${rows}`,
  },
  approvals: {
    title: 'Idhini', about: 'Kinachosubiri mtu wa pili.', empty: 'Hakuna kinachosubiri.', emptyHint: 'Kinachohitaji watu wawili kinaonekana hapa: utoaji kwa sheria zako, marejesho kwa simu nyingine, mabadiliko ya mipangilio, funguo na watu.', proposals: 'Mapendekezo', payouts: 'Utoaji', proposedBy: (who) => `imependekezwa na ${who}`, own: 'Umependekeza hili: mtu mwingine lazima akubali.', ownPayout: 'Umetengeneza hili: mtu mwingine lazima aidhinishe.', exactly: 'Hiki hasa ndicho kinachokubaliwa', field: 'Sehemu', value: 'Thamani', agree: 'Kubali', reject: 'Kataa', withdraw: 'Ondoa', agreed: 'Imekubaliwa na kutekelezwa.', rejected: 'Haitekelezwi.', code: 'Msimbo', damaged: 'Haisomeki: hakuna anayeweza kuikubali.', ended: 'Imeisha', choose: 'Chagua moja kushoto.', keysShown: 'Funguo mpya: zinaonyeshwa mara hii moja',
    states: { open: 'Wazi', agreed: 'Imekubaliwa', carried_out: 'Imetekelezwa', refused: 'Imekataliwa', rejected: 'Imekataliwa', withdrawn: 'Imeondolewa', expired: 'Imeisha muda' },
    useCases: { 'merchant.create': 'Mfanyabiashara mpya', 'merchant.set': 'Badilisha mipangilio ya mfanyabiashara', 'merchant.rotate_secret': 'Siri mpya ya API', 'merchant.rotate_keys': 'Funguo zote upya', 'verify.acknowledge': 'Kubali sheria zilizovunjika', 'payouts.resume': 'Endeleza utoaji', 'restore.lift': 'Achilia kilichoshikiliwa baada ya kurejesha nakala', 'restore.book_lost': 'Andika utoaji usio na safu', 'suspense.allocate': 'Zipe oda fedha', 'claim.book': 'Andika fedha zilizodaiwa', 'deposit.resolve': 'Weka malipo kwa mkono', 'user.add': 'Mtu mpya' },
  },
  unmatched: {
    title: 'Zisizo na oda', about: 'Fedha zilizokuja bila oda, au si kwa hii.', empty: 'Fedha zote zina oda.', emptyHint: 'Kinachotumwa kwa rejea au kiasi kisicho sahihi kinasubiri hapa.', left: 'zimebaki', suggestions: 'Zinaweza kuwa za', noSuggestions: 'Hakuna oda inayolingana. Andika namba yake, au rudisha fedha.', allocate: 'Ipe oda hii', allocated: 'Zimepewa oda.', otherOrder: 'Oda nyingine', orderId: 'Namba ya oda', refund: 'Rudisha', refunded: 'Zinarudi.', writeOff: 'Futa senti', points: (number) => `inalingana ${number}`, cameFor: 'Zilikuja kwa', choose: 'Chagua moja kushoto.', reasons: { no_order: 'Hakuna oda', underpaid: 'Kidogo mno', overpaid: 'Nyingi mno', paid_twice: 'Imelipwa mara mbili', amount_differs: 'Kiasi kingine', earlier: 'Zilikuja kabla', lost_order: 'Oda yake haipo' },
  },
  postback: { title: 'Taarifa', about: 'Wafanyabiashara wanaambiwa nini.', empty: 'Hakuna taarifa bado.', emptyHint: 'Moja inatumwa malipo yanapoisha.', resend: 'Tuma tena', states: { waiting: 'Inasubiri', delivered: 'Imefika', exhausted: 'Imeachwa' }, noAnswer: 'hakuna jibu' },

  home: {
    title: 'Leo', moneyIn: 'Zilizoingia', moneyOut: 'Zilizotoka', success: 'Kiwango cha mafanikio', explained: 'Zimeelezwa', lastOne: (text, day) => `${day} iliyopita: ${text}`, payouts: (number, waiting) => `Utoaji: ${number}${waiting ? `, ${waiting} zinasubiri idhini` : ''}`, noFailures: 'hakuna kilichoshindikana', notYet: 'hakuna bado', proved: (time) => `sheria zote zinashika, ${time}`, notProved: 'haijathibitishwa bado', broken: (number) => `Makosa: ${number}`, chart: 'Zilizoingia kwa siku', chartCounts: 'Malipo kwa siku', chartTable: 'Kama jedwali', sumOrCount: 'Onyesha', sums: 'Jumla', counts: 'Idadi', waiting: 'Zinazosubiri', waitingNone: 'Hakuna kinachosubiri.', latest: 'Malipo ya karibuni', allDeposits: 'Malipo yote', float: 'Akiba ya utoaji', floatLeft: 'kwenye akaunti ya Utility', runway: (text) => `inatosha ${text} kwa kasi hii`, longRunway: 'inatosha zaidi ya mwaka kwa kasi hii', noRunway: 'hakuna kinachotoka', floatAsk: 'Uliza M-PESA sasa', floatAsked: 'Imeulizwa. Jibu linakuja punde.', floatNone: 'Haijaulizwa bado', readAt: (time) => `ilisomwa ${time}`,
    alarms: { halt: (why) => `Utoaji umesimamishwa: ${why}`, haltDo: 'Angalia tovuti ya M-PESA, rekebisha inachosema, kisha endeleza.', resume: 'Endeleza…', resumed: 'Utoaji mmoja unajaribu; mingine inafuata ukilipwa.', law: 'Utoaji umesimamishwa: sheria ya fedha imevunjika', lawDo: 'Tazama kilichovunjika', questions: (why) => `M-PESA inakataa maswali yetu: ${why}`, restored: 'Nakala ya zamani iko hapa', restoredDo: 'Kinachopaswa kutumwa kimeshikiliwa. Kwenye mashine: lango restore show.', setAside: (number) => `Safu ${number} ziliwekwa kando baada ya lango kuzimika`, unreadable: (number) => `Ujumbe ${number} wa M-PESA hausomeki`, onMachine: (command) => `Kwenye mashine: ${command}`, review: (number) => `Utoaji ${number} unahitaji kuangaliwa` },
    review: 'Yanahitaji kuangaliwa', unmatched: 'Fedha zisizo na oda', toTell: 'Taarifa za kujaribu tena', approvals: 'Idhini',
  },
  balances: { title: 'Salio', about: 'Kila akaunti ya daftari, sasa.', empty: 'Hakuna kilichosogea bado.', emptyHint: 'Malipo ya kwanza yanafungua akaunti za kwanza.' },
  reports: { title: 'Ripoti', about: 'Kilichokuja, kilicholipwa na kisicholipwa.', byDay: 'Kwa siku', byReason: 'Kwa sababu', empty: 'Hakuna kitu katika siku hizi.', emptyHint: 'Chagua siku nyingine.', zone: (zone) => `Siku kwa saa za ${zone}.`, range: 'Siku', open: 'bado wazi', noCode: 'hakuna msimbo' },

  settings: {
    title: 'Mipangilio', about: 'Mfanyabiashara huyu ni nani na anaruhusiwa nini.', choose: 'Chagua mfanyabiashara juu.', edit: 'Badilisha', saved: 'Imehifadhiwa.', keys: 'Funguo', keysAbout: 'Funguo za zamani zinabaki halali kwa muda, ili kitu kisivunjike.', keyKinds: { secret: 'Siri ya API', pair: 'Jozi ya funguo' }, goodUntil: (time) => `halali hadi ${time}`, current: 'wa sasa', usedAt: (time) => `ulitumika mwisho ${time}`, unused: 'haujatumika', rotateSecret: 'Siri mpya ya API…', rotateKeys: 'Funguo zote upya…', endOld: 'Maliza funguo za zamani sasa', ended: 'Funguo za zamani zimemalizwa.', overlap: 'Za zamani zinabaki halali kwa', overlapHint: '24h, 30m, au 0s: hazibaki', rotate: 'Tengeneza mpya', shownOnce: 'Zinaonyeshwa mara hii moja: zihifadhi sasa.', disabled: 'Amesimamishwa: hakuna kipya kinachopokelewa.', empty: 'haijawekwa', example: (text) => `kama ${text}`,
    credentials: { secret: 'Siri ya API', access_key: 'Ufunguo wa kufikia', private_access_key: 'Ufunguo binafsi wa kufikia', private_key: 'Ufunguo binafsi', webhook_secret: 'Siri ya webhook' }, groups: { shop: 'Duka', deposits: 'Malipo yanayoingia', withdrawals: 'Utoaji', approvals: 'Sheria za idhini', postbacks: 'Taarifa', window: 'Dirisha la malipo', access: 'Ufikiaji' }, snippet: 'Dirisha la malipo ndani ya ukurasa', snippetAbout: 'Weka hii mahali walipaji watakapolipa.',
  },
  team: { title: 'Timu', about: 'Nani anaruhusiwa nini.', add: 'Ongeza mtu…', name: 'Jina', nameHint: '1 hadi 40 za a-z, 0-9, . na -', role: 'Jukumu', merchant: 'Wa mfanyabiashara', operators: 'Wa mwendeshaji', submit: 'Ongeza', remove: 'Ondoa', removeAbout: (name) => `${name} hafanyi tena chochote kuanzia sasa.`, removed: 'Ameondolewa.', key: 'Ufunguo wake wa kwanza, unaonyeshwa mara hii moja', keyAbout: 'Unatengeneza wake mwenyewe kwenye mashine.', refused: 'Funguo zilizokataliwa', refusedTimes: (number) => `mara ${number}`, invite: 'Alika', invitation: 'Mwaliko', invitationAbout: 'Mpe kiungo hiki yeye tu: kinatumika mara moja, na kinaonyeshwa mara hii moja.', link: 'Kiungo', keyNotOwn: 'hajatengeneza ufunguo wake', trail: 'Yote yaliyofanyika', you: 'wewe', roles: { administrator: 'Msimamizi', treasury: 'Hazina', operator: 'Mwendeshaji', support: 'Msaada', viewer: 'Mtazamaji', owner: 'Mmiliki', finance: 'Fedha', approver: 'Mwidhinishaji', developer: 'Msanidi programu' } },
  trail: { title: 'Kumbukumbu', about: 'Watu walifanya nini, kutoka nini hadi nini.', empty: 'Hakuna kilichofanyika bado.', emptyHint: 'Kila tendo linasimama hapa na mtu wake.' },
  merchants: { title: 'Wafanyabiashara', about: 'Nani analipwa kupitia lango hili.', add: 'Ongeza mfanyabiashara…', slug: 'Jina fupi', slugHint: 'a-z, 0-9 na vistari; linasimama kwenye anwani', name: 'Jina', nameHint: 'Kama walipaji wanavyoliona', submit: 'Ongeza', disable: 'Simamisha…', enable: 'Ruhusu', disableAbout: (name) => `${name} hapokei kipya; kilicho wazi kinaendelea.`, reason: 'Kwa nini', disabled: 'Amesimamishwa.', enabled: 'Ameruhusiwa.', states: { active: 'Anafanya kazi', disabled: 'Amesimamishwa' }, credentials: 'Funguo za mfanyabiashara mpya', settings: 'Mipangilio', empty: 'Hakuna mfanyabiashara bado.', emptyHint: 'Ongeza wa kwanza.' },
  rates: { title: 'Viwango', about: 'Kiasi kinabadilishwa kwa nini.', source: 'Chanzo', asOf: 'Tarehe', imported: 'Viliingizwa', none: 'Hakuna viwango bado.', noneHint: 'Ingiza jedwali: JSON ya huduma ya viwango, au tumia lango rates import.', import: 'Ingiza jedwali', imported2: (number) => `Viwango ${number} vinajulikana.`, find: 'Sarafu' },
  health: { title: 'Afya', about: 'Kama kila shilingi imeelezwa.', laws: 'Sheria', prove: 'Thibitisha kila sheria sasa', proving: 'Hifadhidata yote inasomwa…', last: 'Ilithibitishwa mwisho', payments: 'Malipo', holds: 'Inashika', broken: 'Imevunjika', checked: (number) => `${number} zimekaguliwa`, breaches: 'Makosa', knownBy: (who) => `inajulikana na ${who}`, acknowledge: 'Kubali…', acknowledged: 'Yamekubaliwa.', acknowledgeAbout: 'Yote yaliyopatikana yanajulikana, na hayasimamishi tena kitu.', none: 'Hakuna sheria iliyovunjika.', took: (text) => `ndani ya ms ${text}` },
  palette: { title: 'Tafuta', hint: 'Risiti, simu, namba, lebo… au sehemu', none: 'Hakuna kilichopatikana.', places: 'Sehemu', found: 'Malipo', by: (how) => `kwa ${how}`, keys: 'Mishale kuchagua, Enter kufungua, Esc kufunga' },
};
