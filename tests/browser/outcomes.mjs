// Every way that a payment can end, and what the payer reads then.
//   ending   of the phone: what M-PESA answers
//   before   the screen while the phone rings
//   act      what the payer does with the phone
//   between  a screen that comes first
//   ends     the last one, with `reason` and `step` where it was not paid

export const titles = {
  sent: { en: 'Check your phone', sw: 'Angalia simu yako' },
  unseen: { en: 'Have you entered your PIN?', sw: 'Je, umeweka PIN yako?' },
  unknown: { en: 'Still confirming with M-PESA', sw: 'Bado tunathibitisha na M-PESA' },
  paid: { en: 'Paid', sw: 'Malipo yamepokelewa' },
  unpaid: { en: 'Not paid', sw: 'Malipo hayajafanyika' },
};

const unreachable = {
  code: '1037',
  reason: { en: 'Your phone could not be reached, or nobody answered the request.',
    sw: 'Simu yako haikupatikana, au ombi halikujibiwa.' },
  step: { en: 'Check that the phone is on, unlocked and has signal, then send a new request.',
    sw: 'Angalia kama simu imewashwa, skrini imefunguliwa na ina mtandao, kisha tuma ombi jipya.' },
};

// The long ones first: they wait for time to pass.
export const outcomes = [
  { name: 'ran out', act: 'ignore', between: 'unseen', ends: 'unpaid', ...unreachable },
  { name: 'seen late and paid', before: 'unseen', act: 'pin', ends: 'paid' },
  { name: 'cancelled and charged all the same', ending: '056', act: 'pin', between: 'unpaid', ends: 'paid', late: true },
  { name: 'told by a code that nobody knows', ending: '042', act: 'pin', ends: 'unknown' },
  { name: 'unknown, then paid', amount: 6000, act: 'pin', between: 'unknown', ends: 'paid' },
  { name: 'paid, and no callback comes', ending: '050', act: 'pin', ends: 'paid' },
  { name: 'paid', act: 'pin', ends: 'paid' },
  { name: 'paid, told three times', ending: '052', act: 'pin', ends: 'paid' },
  { name: 'unreachable', act: 'offline', ends: 'unpaid', ...unreachable },
  {
    name: 'cancelled', act: 'cancel', ends: 'unpaid', code: '1032',
    reason: { en: 'You cancelled. Nothing was taken.', sw: 'Umeghairi. Hakuna pesa iliyochukuliwa.' },
    step: { en: 'To pay, send a new request and enter your PIN.', sw: 'Ili kulipa, tuma ombi jipya na uweke PIN.' },
  },
  {
    name: 'wrong PIN', act: 'pin', pin: '0000', ends: 'unpaid', code: '2001',
    reason: { en: 'The M-PESA PIN was wrong.', sw: 'PIN ya M-PESA haikuwa sahihi.' },
    step: { en: 'Send a new request and enter the right PIN. Three wrong ones lock it.',
      sw: 'Tuma ombi jipya na uweke PIN sahihi. Ukikosea mara tatu itafungwa.' },
  },
  {
    name: 'insufficient funds', ending: '001', act: 'pin', ends: 'unpaid', code: '1',
    reason: { en: 'There was not enough money in M-PESA.', sw: 'Hakukuwa na pesa za kutosha kwenye M-PESA.' },
    step: { en: 'Add money to your M-PESA, then send a new request.',
      sw: 'Ongeza pesa kwenye M-PESA yako, kisha tuma ombi jipya.' },
  },
  {
    name: 'expired', ending: '019', act: 'pin', ends: 'unpaid', code: '1019',
    reason: { en: 'The request ran out before it was confirmed.', sw: 'Muda wa ombi uliisha kabla ya kuthibitishwa.' },
    step: { en: 'Send a new request and enter your PIN within a minute.',
      sw: 'Tuma ombi jipya na uweke PIN ndani ya dakika moja.' },
  },
  {
    name: 'refused before the phone rang', ending: '071', ends: 'unpaid', code: '400.002.02',
    reason: { en: 'M-PESA did not take the request for this number.', sw: 'M-PESA haikukubali ombi kwa nambari hii.' },
    step: { en: 'Check the number, or use another number.', sw: 'Angalia nambari, au tumia nambari nyingine.' },
  },
];
