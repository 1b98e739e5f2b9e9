// All words of the console, in English. Kiswahili (sw.ts) has each of them, or it does not compile.
import type { Unit } from '../text/time';

const many = (number: number, one: string, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;
const units: Record<Unit, string> = { s: 's', min: 'min', h: 'h', d: 'd' };

export const en = {
  span: (value: number, unit: Unit) => `${value} ${units[unit]}`,
  ago: (span: string) => `${span} ago`,
  clock: (place: string) => `${place} time`,

  rail: {
    label: 'Places', home: 'Home', payments: 'Payments', deposits: 'Deposits', withdrawals: 'Withdrawals', batches: 'Batches',
    refunds: 'Refunds', approvals: 'Approvals', unmatched: 'Unmatched', money: 'Money', balances: 'Balances',
    postbacks: 'Postbacks', reports: 'Reports', setUp: 'Set up', settings: 'Settings', team: 'Team', trail: 'Trail',
    operator: 'Operator', merchants: 'Merchants', rates: 'Rates', health: 'Health',
    fold: 'Fold the places', unfold: 'Unfold the places', open: 'Open the places', close: 'Close the places',
    skip: 'Skip to the content', waiting: (number: number) => many(number, 'waits', 'wait'),
  },
  top: {
    find: 'Receipt, phone, order, label, amount…', findName: 'Find', merchant: 'Merchant', allMerchants: 'All merchants', sandbox: 'SANDBOX',
    sandboxMeans: 'Nothing here is real money', person: 'You', security: 'Your security', out: 'Log out', language: 'Language',
    theme: 'Appearance', themes: { system: 'As the device', light: 'Light', dark: 'Dark' }, version: (text: string) => `Lango ${text}`,
  },

  say: {
    cancel: 'Cancel', close: 'Close', save: 'Save', back: 'Back', copy: 'Copy', copied: 'Copied', more: 'Show more', again: 'Try again',
    refresh: 'Refresh', open: 'Open', yes: 'Yes', no: 'No', none: 'none', loading: 'Loading', optional: 'optional', all: 'All',
    details: 'Details', print: 'Print', goOn: 'Go on', notThere: 'There is no such page.', toHome: 'To Home', change: 'Change',
    required: 'This is needed.', done: 'Done', proposed: (number: number) => `Proposed as number ${number}. Somebody else must agree: see Approvals.`,
    since: (time: string) => `since ${time}`, by: (who: string) => `by ${who}`, download: 'Download', total: 'In all', ofAll: (part: string) => `${part} of all`,
  },
  wrong: {
    title: 'That did not work', unreachable: 'The gateway did not answer. Whether it was done is not known: look before you try again.',
    lost: 'The gateway did not answer.', http: 'The gateway could not do this. Its log says why.', permission: (name: string) => `The missing permission: ${name}`,
    codes: {
      not_permitted: 'Your role does not permit this.', nobody: 'You are not logged in.', session_over: 'Your session is over: log in again.',
      wrong_key: 'There is no such person with this key.', not_running: 'The gateway does not run.', no_second_factor: 'Set up a second factor first.',
      damaged: 'What is stored of it cannot be read: nothing was done.', slow_down: 'Too many tries. Wait, then try again.',
      wrong_password: 'There is no such person with this password.', wrong_code: 'That code is not right, or was used before.', wrong_passkey: 'That passkey was not taken.', weak_password: 'That password is too easy to guess. Take a longer one; a sentence is good.', invitation_over: 'This invitation was used, or is too old. Ask for another.',
      foreign_page: 'This page is older than your session: reload it.',
      first_key: 'Somebody else has seen your key: make your own first.',
    } as Record<string, string>,
    wait: (seconds: number) => `Wait ${many(seconds, 'second')}.`,
  },

  login: {
    title: 'Log in', about: 'The back office of this payment gateway.', name: 'Name', password: 'Password', submit: 'Log in', or: 'or',
    passkey: 'Log in with a passkey', passkeyWrong: 'The passkey was not taken. Try again, or use your password.', passkeyNone: 'This browser has no passkeys.',
    code: 'Code', codeTitle: 'Your second factor', codeAbout: 'The six digits that your authenticator app shows, or one of your recovery codes.',
    codeSubmit: 'Go on', usePasskey: 'Use a passkey', other: 'Log in as somebody else', over: 'Your session is over. Log in to go on where you were.',
    secured: (host: string) => `You are at ${host}`,
  },
  enroll: {
    title: 'A second factor', about: 'A password alone is not enough here. Choose how you will confirm that it is you; you can add the other later.',
    app: 'Authenticator app', appAbout: 'An app on your phone shows a new code every 30 seconds.', passkey: 'Passkey',
    passkeyAbout: 'Your fingerprint, face or a security key. Nothing to type.', begin: 'Set up', scan: 'Scan this with the app',
    qr: 'QR code for your authenticator app', secret: 'Or type this key into it', code: 'The code that the app shows now', confirm: 'Confirm',
    label: 'A name for this passkey', labelUsual: 'This device', create: 'Create a passkey', wrong: 'No passkey was made. Try again.',
  },
  recovery: {
    title: 'Your recovery codes', about: 'Each of them lets you in once when your phone is lost. They are shown this one time.', copyAll: 'Copy all',
    download: 'Download', kept: 'I have kept them where my password is not', goOn: 'Go on', left: (number: number) => `${many(number, 'recovery code')} left`,
  },
  invitation: {
    title: 'Welcome', about: 'Choose a password of at least 12 characters. A sentence is good.', password: 'New password', again: 'Once more',
    submit: 'Go on', different: 'The two are not the same.', short: 'At least 12 characters.', bad: 'This invitation was used, or is too old. Ask for another.',
  },
  stepUp: {
    title: 'Confirm that it is you', about: 'This moves money or changes who may.', code: 'Code of your authenticator app', once: 'Each code is good once; the next one comes within 30 seconds.', submit: 'Confirm',
    passkey: 'Confirm with a passkey', passkeyWrong: 'The passkey was not taken.', or: 'or',
  },
  security: {
    title: 'Your security', sessions: 'Sessions', sessionsAbout: 'Where you are logged in.', here: 'this one', end: 'End', endAll: 'End all others',
    password: 'Password', oldPassword: 'Old password', newPassword: 'New password', changed: 'Your password is changed.',
    passkeys: 'Passkeys', addPasskey: 'Add a passkey', remove: 'Remove', noPasskeys: 'None yet.', totp: 'Authenticator app',
    totpOn: 'Set up.', totpOff: 'Not set up.', totpNew: 'Set up anew', from: 'From', begun: 'Begun', used: 'Last used', added: 'Added', newRecovery: 'New recovery codes',
  },

  field: {
    time: 'Time', state: 'State', amount: 'Amount', phone: 'Phone', receipt: 'Receipt', merchant: 'Merchant', label: 'Label', theirId: "Merchant's id",
    id: 'Our id', code: 'Code', reason: 'Reason', fee: 'Fee', kind: 'Kind', comment: 'Comment', by: 'Made by', closed: 'Ended',
    method: 'Way', order: 'Deposit', gone: 'Gone back', paidWith: 'Receipt of the refund', reference: 'Reference', left: 'Left', attempts: 'Attempts',
    lastAnswer: 'Last answer', nextTry: 'Next try', payment: 'Payment', review: 'Needs review', who: 'Who', act: 'What', subject: 'Of what',
    before: 'Before', after: 'After', detail: 'Detail', row: 'Row', name: 'Name', role: 'Role', added: 'Added', account: 'Account', balance: 'Balance',
    held: 'Held', free: 'Free', currency: 'Currency', day: 'Day', deposits: 'Deposits', paid: 'Paid', failed: 'Not paid', expired: 'Expired', open: 'Open',
    success: 'Success', moneyIn: 'Money in', withdrawals: 'Paid out', moneyOut: 'Money out', refunds: 'Refunds', refunded: 'Refunded', share: 'Share',
    recipient: 'Recipient', rate: 'For one US dollar', count: 'Count', oldest: 'Oldest', what: 'What', sum: 'Sum', file: 'File', uploaded: 'Uploaded', number: 'Number',
  },

  list: {
    views: 'Views', saveView: 'Save this view…', removeView: (name: string) => `Forget ${name}`, viewsKept: 'It is kept on this device.', filter: 'Filter', filters: 'Filters', clear: 'Clear all', remove: (name: string) => `Remove the filter ${name}`, apply: 'Apply', columns: 'Columns',
    export: 'Export', exporting: (rows: string) => `${rows} rows…`, exported: (rows: string) => `Exported ${rows} rows`, stop: 'Stop',
    anyState: 'Any state', anyTime: 'Any time', today: 'Today', yesterday: 'Yesterday', week: 'Last 7 days', month: 'Last 30 days', own: 'Choose…',
    from: 'From', until: 'Until', before: 'before', searched: (time: string) => `Looked at everything since ${time}.`, goOn: 'Look further back',
    newer: 'Newer ones have come', all: 'That is all.', none: 'Nothing fits these filters.', noneHint: 'Take a filter away, or look further back.',
    amountHint: '1000, or 500..1000', phoneHint: '0712 345 678', rows: 'Use the arrow keys to go from row to row, Enter to open one.',
    review: 'Only those that need review',
  },

  deposit: {
    title: 'Deposits', about: 'Money that payers send.', empty: 'No deposit has come yet.',
    emptyHint: "The first one comes through your merchant's API, or from the payment window.",
    states: {
      created: 'New', pushing: 'Asking M-PESA', prompted: 'PIN not entered', unknown: 'Unknown, being asked', verifying: 'Being verified', paid: 'Paid',
      failed: 'Not paid', expired: 'Expired',
    } as Record<string, string>,
    codes: {
      '1': 'no balance', '2': 'below the least', '3': 'above the most', '4': 'above the day', '17': 'repeated too soon', '26': 'M-PESA busy', '1001': 'another request open', '1019': 'request expired', '1025': 'not delivered',
      '1032': 'cancelled', '1036': 'phone not reached', '1037': 'no answer', '2001': 'wrong PIN', '2028': 'not permitted', '8006': 'PIN locked', '9999': 'error at M-PESA',
    } as Record<string, string>,
  },
  payout: {
    states: {
      waiting: 'Waits for approval', queued: 'Queued', sending: 'Being sent', sent: 'Sent, not confirmed', unknown: 'Unknown, being asked', paid: 'Paid',
      failed: 'Not paid', open: 'All that are open', attention: 'Needs review',
    } as Record<string, string>,
    kinds: { api: 'By the API', manual: 'By hand', test: 'Test', refund: 'Refund' } as Record<string, string>,
    methods: { reversal: 'Reversal', payout: 'Payout' } as Record<string, string>,
  },
  withdrawal: { title: 'Withdrawals', about: 'Money that goes out to people.', empty: 'Nothing has been paid out yet.', emptyHint: 'Press Add withdrawal request, or upload a sheet as a batch.', add: 'Add withdrawal request' },
  refund: { title: 'Refunds', about: 'Money that goes back to its payer.', empty: 'Nothing has been refunded yet.', emptyHint: 'Open a paid deposit, then press Refund.' },

  story: {
    what: 'What happened', raw: 'Raw messages of M-PESA', rawNone: 'M-PESA has said nothing yet.', facts: 'Facts', money: 'Money', actions: 'Actions', ledger: 'Ledger',
    ledgerNone: 'Nothing is booked.', told: 'Postback', toldNone: 'No postback is due.', refunds: 'Refunds', approvals: 'Approvals', needsReview: 'Needs review',
    noActions: 'There is nothing to do now.', approvedBy: 'Approved by', notCounted: 'does not count any more', uncovered: 'Waits for money',
    booked: 'Booked', tries: (number: number) => many(number, 'attempt'), nextTry: (time: string) => `next try ${time}`, took: (text: string) => `in ${text} ms`,
    because: 'Paid because', becauseText: (receipt: string, source: string) => `${source}, receipt ${receipt}.`,
    sources: {
      callback: "M-PESA's callback said so", query: 'M-PESA said so when it was asked', pull: "it stands in M-PESA's list of payments", person: 'a person saw the money',
      confirmation: "M-PESA's confirmation said so",
    } as Record<string, string>,
    events: {
      created: 'Asked for', push_sent: 'Request sent to M-PESA', push_accepted: 'M-PESA took the request: the phone rings', push_refused: 'M-PESA refused the request',
      push_postponed: 'M-PESA was too busy: tried again later', push_unanswered: 'No answer from M-PESA to the request', claimed_paid: 'M-PESA said it is paid; being verified',
      paid: 'Paid', failed: 'Not paid', expired: 'Expired', amount_differs: 'Another amount came', second_receipt: 'A second receipt came for it',
      unknown_code: 'M-PESA answered with a code that nobody knows', needs_person: 'Needs review', receipt_refused: 'A receipt was refused', attended: 'Looked after',
      other_push_paid: 'Another request of this order was paid', refund: 'A refund', gave_way: "Gave way to the merchant's own request", money_too_late: 'Money came too late',
      claimed_again: 'M-PESA said it again', masked: "The person's data was masked", approved: 'Approved', rejected: 'Rejected', sending: 'Being sent to M-PESA',
      accepted: 'M-PESA took it', refused: 'M-PESA refused it', postponed: 'M-PESA was too busy: tried again later', unanswered: 'No answer from M-PESA',
      timed_out: "M-PESA's queue timed out: its fate is asked for", not_found: 'M-PESA does not find it', contradicted: 'M-PESA said the opposite later', covered: 'The money for it is there',
      judged: 'A person said how it ended', done_before: 'Was done before', over_refunded: 'More went back than had come in',
    } as Record<string, string>,
    messages: {
      push_answer: 'Answer to the request', callback: 'Callback', query_answer: 'Answer to a question', pulled: 'From the list of payments', confirmation: 'Confirmation',
      pay_answer: 'Answer to the request', result: 'Result', status: 'Answer to a question', timeout: 'Queue timeout',
    } as Record<string, string>,
    outcomes: {
      delivered: 'Delivered', wrong_answer: 'Answered, but not with ok', no_answer: 'No answer', address_refused: 'The address is not allowed', bytes_changed: 'Not sent: its bytes had changed',
      gateway_died: 'The gateway ended meanwhile',
    } as Record<string, string>,
    accounts: {
      rail: 'M-PESA', merchant: 'Merchant', fees: 'Fees', suspense: 'Unmatched money', receivable: 'Owed by the merchant',
    } as Record<string, string>,
    bookings: {
      deposit_paid: 'Deposit paid', deposit_to_suspense: 'To unmatched money', withdrawal_paid: 'Withdrawal paid', withdrawal_paid_uncovered: 'Paid without cover',
      suspense_written_off: 'Written off',
    } as Record<string, string>,
  },
  act: {
    resend: 'Send postback again', resent: 'The postback is on its way.', refund: 'Refund…', resolve: 'Resolve by hand…', reviewed: 'I have looked after it', reviewedDone: 'It is off the list.',
    approve: 'Approve', reject: 'Reject…', approved: (got: number, needed: number) => `Approved: ${got} of ${needed}.`, rejected: 'Rejected. Nothing goes out.', reference: 'Give a paybill reference',
    referenceIs: (paybill: string, reference: string) => `Paybill ${paybill}, account ${reference}`,
  },
  refundForm: {
    title: 'Refund', about: (amount: string) => `At most KES ${amount} can go back.`, amount: 'Amount in shillings', whole: 'All of it unless you say less.', reason: 'Why', phone: "Another phone than the payer's",
    phoneHint: 'Then somebody must approve it.', submit: 'Refund', done: 'The refund is made.', method: 'Way', methodAny: 'As it fits',
  },
  resolveDeposit: {
    title: 'The money was seen', about: 'Credit this deposit on a receipt that you have seen at M-PESA.', receipt: 'Receipt', submit: 'Credit it', done: 'It is credited.',
  },
  resolvePayout: {
    title: 'How did it end?', about: 'Look at the M-PESA portal first. Two people must say the same.', paid: 'It was paid', failed: 'It was not paid', receipt: 'Receipt', reason: 'What you looked at',
    submit: 'Say so', first: 'Noted. One more person must say the same.', done: 'It is resolved.',
  },
  rejectForm: { title: 'Reject', about: 'It does not go out.', reason: 'Why', submit: 'Reject' },

  add: {
    title: 'Add withdrawal request', about: 'It is paid out by M-PESA. No postback is sent for withdrawals that are made by hand.', merchant: 'Merchant', system: 'Payment system', systemHint: 'The one that is switched on.',
    phone: "Recipient's phone", phoneHint: '0712 345 678 or 254712345678', amount: 'Amount in shillings', label: 'Label', labelHint: "Your word for the recipient", comment: 'Comment', commentHint: 'For whoever approves it',
    id: 'Your id', idHint: 'Told twice, it is one withdrawal', submit: 'Add', badPhone: 'A Kenyan number, such as 0712 345 678.', badAmount: 'A number of shillings, such as 1500.',
    done: 'Added', doneWaits: 'It waits for approval.', doneGoes: 'It is on its way.', see: 'See it', another: 'Add another',
  },
  batch: {
    title: 'Batches', about: 'Sheets of withdrawals.', upload: 'Upload a sheet', drop: 'Drop a CSV or XLSX file here', dropOr: 'or choose a file', columns: 'Columns: withdrawal_id, account_number, amount; label and comment if you like.',
    looking: 'Reading the file…', empty: 'No batch yet.', emptyHint: 'Drop a sheet above: it is looked at first, and nothing is paid until you release it.', needMerchant: 'Choose a merchant at the top first.',
    hidden: 'Read hidden rows and columns too', again: 'Make another batch of a file that was released before',
    states: { reading: 'Not whole', checked: 'Waits for release', releasing: 'Being released', stopped: 'Stopped', done: 'Done', cancelled: 'Cancelled' } as Record<string, string>,
    rowStates: { open: 'Open', made: 'Made', there: 'Was there', refused: 'Refused', wrong: 'Wrong' } as Record<string, string>,
    number: (number: number) => `Batch ${number}`, rows: (number: number) => many(number, 'row'), wrong: (number: number) => `${many(number, 'row')} ${number === 1 ? 'is' : 'are'} wrong`, wrongHint: 'Mend them in the sheet and upload it again.',
    dryRun: 'What releasing would do', taken: 'would be made', there: 'are there already', waiting: 'wait for approval', shortOf: 'lack money', newRecipients: 'go to new recipients', repeats: 'pay the same twice',
    sinceLast: (number: number) => `Against batch ${number}`, same: 'the same', otherAmount: 'another amount', added: 'new', gone: 'gone', largest: 'The largest', toNew: 'To new recipients', repeated: 'The same twice',
    release: 'Release…', releaseTitle: 'Release this batch', releaseAbout: 'Type the sum that it pays out, in shillings.', sum: 'Sum', otherSum: 'That is not the sum of the batch.', released: 'It is released.', cancel: 'Cancel the batch', cancelled: 'It is cancelled.',
    approve: 'Approve all…', approveTitle: 'Approve this batch', approved: 'Approved.', progress: 'Progress', allRows: 'All rows', madeOf: (made: number, rows: number) => `${made} of ${rows}`,
  },
  approvals: {
    title: 'Approvals', about: 'What waits for a second person.', empty: 'Nothing waits.', emptyHint: 'What needs two people appears here: payouts by your rules, refunds to another phone, changes of settings, keys and people.',
    proposals: 'Proposals', payouts: 'Payouts', proposedBy: (who: string) => `proposed by ${who}`, own: 'You proposed this: somebody else must agree.', ownPayout: 'You made this: somebody else must approve.', exactly: 'Exactly this is agreed to', field: 'Field', value: 'Value', agree: 'Agree', reject: 'Reject', withdraw: 'Withdraw', agreed: 'Agreed and carried out.', rejected: 'It is not carried out.',
    code: 'Code', damaged: 'It cannot be read: nobody can agree to it.', ended: 'Ended', choose: 'Choose one at the left.', keysShown: 'New keys: shown this one time',
    states: { open: 'Open', agreed: 'Agreed', carried_out: 'Carried out', refused: 'Refused', rejected: 'Rejected', withdrawn: 'Withdrawn', expired: 'Expired' } as Record<string, string>,
    useCases: {
      'merchant.create': 'A new merchant', 'merchant.set': "Change a merchant's settings", 'merchant.rotate_secret': 'A new API secret', 'merchant.rotate_keys': 'Every key anew', 'verify.acknowledge': 'Acknowledge broken laws',
      'payouts.resume': 'Resume payouts', 'restore.lift': 'Let go out what was held after a restore', 'restore.book_lost': 'Book a payout without a row', 'suspense.allocate': 'Give money to an order', 'claim.book': 'Book claimed money',
      'deposit.resolve': 'Credit a deposit by hand', 'user.add': 'A new person',
    } as Record<string, string>,
  },
  unmatched: {
    title: 'Unmatched', about: 'Money that came without an order, or not for this one.', empty: 'All money has an order.', emptyHint: 'What payers send with a wrong reference or amount waits here.', left: 'left', suggestions: 'It may be for', noSuggestions: 'No order fits. Type its id, or refund the money.', allocate: 'Give it to this order', allocated: 'It is given to the order.', otherOrder: 'Another order', orderId: "The order's id", refund: 'Refund', refunded: 'It goes back.', writeOff: 'Give up the cents', points: (number: number) => `fits ${number}`, cameFor: 'It came for', choose: 'Choose one at the left.',
    reasons: { no_order: 'No order', underpaid: 'Too little', overpaid: 'Too much', paid_twice: 'Paid twice', amount_differs: 'Another amount', earlier: 'Came before', lost_order: 'Its order is gone' } as Record<string, string>,
  },
  postback: {
    title: 'Postbacks', about: 'What merchants are told.', empty: 'No postback yet.', emptyHint: 'One is sent when a payment ends.', resend: 'Resend', states: { waiting: 'Waits', delivered: 'Delivered', exhausted: 'Given up' } as Record<string, string>, noAnswer: 'no answer',
  },

  home: {
    title: 'Today', moneyIn: 'Money in', moneyOut: 'Money out', success: 'Success rate', explained: 'Explained', lastOne: (text: string, day: string) => `last ${day}: ${text}`, payouts: (number: number, waiting: number) => `${many(number, 'payout')}${waiting ? `, ${many(waiting, 'waits', 'wait')} for approval` : ''}`,
    noFailures: 'nothing failed', notYet: 'nothing yet', proved: (time: string) => `all laws hold, proved ${time}`, notProved: 'not proved yet', broken: (number: number) => `${many(number, 'breach', 'breaches')}`, chart: 'Money in by day', chartCounts: 'Deposits by day', chartTable: 'As a table', sumOrCount: 'Show', sums: 'Sums', counts: 'Counts', waiting: 'Waiting', waitingNone: 'Nothing waits.', latest: 'Latest deposits', allDeposits: 'All deposits', float: 'Float', floatLeft: 'in the Utility account', runway: (text: string) => `lasts ${text} at this pace`, longRunway: 'lasts more than a year at this pace', noRunway: 'nothing goes out', floatAsk: 'Ask M-PESA now', floatAsked: 'Asked. The answer comes in a moment.', floatNone: 'Not asked yet', readAt: (time: string) => `read ${time}`,
    alarms: {
      halt: (why: string) => `Payouts are halted: ${why}`, haltDo: 'Look at the M-PESA portal, mend what it says, then resume.', resume: 'Resume…', resumed: 'One payout tries; the others follow when it is paid.', law: 'Payouts are halted: a law of money is broken', lawDo: 'See what is broken', questions: (why: string) => `M-PESA refuses our questions: ${why}`, restored: 'An older backup stands here', restoredDo: 'What its rows would send is held. On the machine: lango restore show.', setAside: (number: number) => `${many(number, 'row was', 'rows were')} set aside after the gateway ended on ${number === 1 ? 'it' : 'them'}`, unreadable: (number: number) => `${many(number, 'message')} of M-PESA cannot be read`, onMachine: (command: string) => `On the machine: ${command}`, review: (number: number) => `${many(number, 'payout needs', 'payouts need')} review`,
    },
    review: 'Needs review', unmatched: 'Unmatched money', toTell: 'Postbacks to retry', approvals: 'Approvals',
  },
  balances: { title: 'Balances', about: 'Every account of the ledger, now.', empty: 'Nothing has moved yet.', emptyHint: 'The first payment opens the first accounts.' },
  reports: { title: 'Reports', about: 'What came, was paid and failed.', byDay: 'By day', byReason: 'By reason', empty: 'Nothing in these days.', emptyHint: 'Choose other days.', zone: (zone: string) => `Days by the clock of ${zone}.`, range: 'Days', open: 'still open', noCode: 'no code' },

  settings: {
    title: 'Settings', about: 'What this merchant is and may.', choose: 'Choose a merchant at the top.', edit: 'Change', saved: 'Saved.', keys: 'Keys', keysAbout: 'Old keys stay good for a while, so that nothing breaks meanwhile.', keyKinds: { secret: 'API secret', pair: 'Key pair' } as Record<string, string>, goodUntil: (time: string) => `good until ${time}`, current: 'current', usedAt: (time: string) => `last used ${time}`, unused: 'never used', rotateSecret: 'New API secret…', rotateKeys: 'All keys anew…', endOld: 'End the old keys now', ended: 'The old keys are ended.', overlap: 'Old ones stay good for', overlapHint: '24h, 30m, or 0s: not at all', rotate: 'Make new ones', shownOnce: 'Shown this one time: keep them now.', disabled: 'Disabled: nothing new is taken.', empty: 'not set', example: (text: string) => `such as ${text}`,
    credentials: { secret: 'API secret', access_key: 'Access key', private_access_key: 'Private access key', private_key: 'Private key', webhook_secret: 'Webhook secret' } as Record<string, string>,
    groups: { shop: 'Shop', deposits: 'Deposits', withdrawals: 'Withdrawals', approvals: 'Approval rules', postbacks: 'Postbacks', window: 'Payment window', access: 'Access' },
    snippet: 'The payment window in a page', snippetAbout: 'Put this where payers are to pay.',
  },
  team: {
    title: 'Team', about: 'Who may do what.', add: 'Add a person…', name: 'Name', nameHint: '1 to 40 of a-z, 0-9, . and -', role: 'Role', merchant: 'Of merchant', operators: "The operator's own", submit: 'Add', remove: 'Remove', removeAbout: (name: string) => `${name} does nothing any more from now on.`, removed: 'They are removed.', key: 'Their first key, shown this one time', keyAbout: 'It makes their own on the machine.', refused: 'Refused keys', refusedTimes: (number: number) => many(number, 'time'), invite: 'Invite', invitation: 'An invitation', invitationAbout: 'Give this link to them, and to nobody else: it is good once, and is shown this one time.', link: 'Link', keyNotOwn: 'has not made an own key', trail: 'All that was done', you: 'you',
    roles: { administrator: 'Administrator', treasury: 'Treasury', operator: 'Operator', support: 'Support', viewer: 'Viewer', owner: 'Owner', finance: 'Finance', approver: 'Approver', developer: 'Developer' } as Record<string, string>,
  },
  trail: { title: 'Trail', about: 'What people did, from what to what.', empty: 'Nothing was done yet.', emptyHint: 'Each act stands here with its person.' },
  merchants: {
    title: 'Merchants', about: 'Who is paid through this gateway.', add: 'Add a merchant…', slug: 'Short name', slugHint: 'a-z, 0-9 and dashes; it stands in addresses', name: 'Name', nameHint: 'As payers see it', submit: 'Add', disable: 'Disable…', enable: 'Enable', disableAbout: (name: string) => `${name} takes nothing new; what is open goes on.`, reason: 'Why', disabled: 'Disabled.', enabled: 'Enabled.', states: { active: 'Active', disabled: 'Disabled' } as Record<string, string>, credentials: 'Keys of the new merchant', settings: 'Settings', empty: 'No merchant yet.', emptyHint: 'Add the first one.',
  },
  rates: { title: 'Rates', about: 'What amounts are converted with.', source: 'Source', asOf: 'As of', imported: 'Imported', none: 'No rates are stored yet.', noneHint: 'Import a table: drop the JSON of a rate service here, or use lango rates import.', import: 'Import a table', imported2: (number: number) => `${number} rates are known.`, find: 'Currency' },
  health: {
    title: 'Health', about: 'Whether every shilling is explained.', laws: 'Laws', prove: 'Prove every law now', proving: 'Reading the whole database…', last: 'Proved last', payments: 'Payments', holds: 'Holds', broken: 'Broken', checked: (number: string) => `${number} checked`, breaches: 'Breaches', knownBy: (who: string) => `known by ${who}`, acknowledge: 'Acknowledge…', acknowledged: 'They are acknowledged.', acknowledgeAbout: 'All that is found is known, and stops nothing any more.', none: 'No law is broken.', took: (text: string) => `in ${text} ms`,
  },
  palette: { title: 'Find', hint: 'A receipt, phone, id, label… or a place', none: 'Nothing found.', places: 'Places', found: 'Payments', by: (how: string) => `by ${how}`, keys: 'Arrow keys to choose, Enter to open, Esc to close' },
};

export type Words = typeof en;
