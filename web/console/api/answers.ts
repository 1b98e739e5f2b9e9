// What the use cases answer, as src/backoffice writes it. Amounts are decimal text, or whole cents
// where the name says `minor`; times are UTC; `local` is as clocks show it where the merchant is.
export interface Paged { next: string; searched_to: string }

export type DepositState = 'created' | 'pushing' | 'prompted' | 'unknown' | 'verifying' | 'paid' | 'failed' | 'expired';
export type PayoutState = 'waiting' | 'queued' | 'sending' | 'sent' | 'unknown' | 'paid' | 'failed';

export interface DepositRow {
  order_id: string; created_at: string; local: string; merchant: string; custom_transaction_id: string; label: string;
  state: DepositState; amount: string; currency: string; phone: string; receipt: string; result_code: string;
  result_text: string; needs_review: boolean; closed_at: string;
}
export interface WithdrawalRow {
  id: string; created_at: string; local: string; merchant: string; withdrawal_id: string; kind: 'api' | 'manual' | 'test' | 'refund';
  state: PayoutState; amount: string; fee: string; currency_code: string; account_number: string; label: string; comment: string;
  created_by: string; receipt: string; result_code: string; result_text: string; attention: boolean; uncovered: boolean;
  needs_approval: boolean; approval_code: string; closed_at: string;
}
export interface RefundRow {
  refund_id: string; created_at: string; local: string; merchant: string; order_id: string; receipt: string; amount: string;
  gone: string; method: 'reversal' | 'payout'; state: PayoutState; phone: string; reason: string; who: string; paid_with: string;
  result_code: string; result_text: string; attention: boolean; needs_approval: boolean; approval_code: string; closed_at: string;
}
export interface SuspenseRow {
  receipt: string; booked_at: string; local: string; merchant: string; reason: string; amount: string; left: string;
  allocated: string; written_off: string; phone: string; reference: string; about_order: string; credited_order: string;
  paid_at: string; allocated_at: string; allocated_by: string;
}
export interface PostbackRow {
  id: string; created_at: string; local: string; merchant: string; payment: string; state: 'waiting' | 'delivered' | 'exhausted';
  attempts: number; last_outcome: string; last_status: number | ''; last_at: string; next_try: string;
}
export interface ProposalRow {
  number: number; proposed_at: string; local: string; state: string; use_case: string; path: string;
  body: Record<string, unknown> | null; damaged: boolean; code: string; proposed_by: string; ended_at: string;
  ended_by: string; outcome: string;
}
export interface TrailRow {
  at: string; local: string; who: string; act: string; subject: string; detail: string; before: string; after: string;
}

export interface RailMessage { at: string; kind: string; body: string }
export interface Attempt { at: string; local: string; took_us: number; outcome: string; status: number; answer: string }
export interface Told { id: string; state: 'waiting' | 'delivered' | 'exhausted'; due_at: string; attempts: Attempt[] }
export interface Approval { who: string; at: string; counts: boolean }
/** A transaction of the ledger, with the accounts that it moved money between. */
export interface Booking {
  outcome: string; at: string; postings: { account: string; merchant: string; amount: string; currency: string }[];
}
export interface StoryEvent { at: string; event: string; state: string; detail: string }
export interface Refund {
  refund_id: string; order_id: string; receipt: string; amount: string; method: 'reversal' | 'payout'; state: PayoutState;
  gone: string; phone: string; reason: string; who: string; created_at: string; closed_at: string; paid_with: string;
  result_code: string; attention: boolean; needs_approval: boolean; approval_code: string;
}
export interface Withdrawal extends Omit<WithdrawalRow, 'local' | 'result_text' | 'closed_at'> {
  gone: string; approvals: Approval[]; events: StoryEvent[]; rail_messages: RailMessage[]; ledger: Booking[]; postback?: Told;
  time_zone: string;
}

export interface Batch {
  number: number; merchant: string; digest: string; include_hidden: boolean; edition: number;
  state: 'reading' | 'checked' | 'releasing' | 'stopped' | 'done' | 'cancelled'; uploaded_by: string; uploaded_at: string;
  rows: number; sum: string; currency_code: string; code: string; wrong: number; released_by: string; released_at: string;
  made: number; there: number; refused: number; left: number; why: string; ended_at: string; ended_by: string;
}
export interface BatchRow {
  place: number; row: number; withdrawal_id: string; account_number: string; amount: string; label: string; comment: string;
  state: 'open' | 'made' | 'there' | 'refused' | 'wrong'; reason: string;
}
export interface BatchCheck {
  taken: number; there: number; wrong: number; waiting_for_approval: number;
  short_of: string; left: number; // "row 17: the balance does not cover it", and the rows from there on
 
  largest: BatchRow[]; new_recipients: number; to_new: BatchRow[]; repeats: number; repeated: BatchRow[][];
  since_last: { batch: number; same: number; other_amount: number; added: number; gone: number } | null;
}

export interface Day {
  day: string; deposits: number; paid: number; failed: number; expired: number; open: number; success: string; in: string;
  withdrawals: number; out: string; refunds: number; refunded: string;
}
export interface Reason { state: string; result_code: string; result_text: string; deposits: number; amount_minor: number }

export interface Halt {
  what: 'payouts' | 'questions' | 'everything'; since: string; code: string; description: string; withdrawal: string;
  lifted_at: string; probe: string;
}
export interface Payouts {
  shortcode: string; halt: Halt | null; law_halt: Halt | null; questions_halt: Halt | null; seen: string;
  float: { read_at: string; utility_minor: number; working_minor: number; charges_minor: number; runway_seconds: number | null } | null;
  open: Partial<Record<PayoutState, number>>; attention: number;
}
export interface Verified {
  began_at?: string; ended_at?: string; payments?: number; broken?: number; seen: string;
  breaches: { law: string; said: string; of_money: boolean; found_at: string; known_by: string }[];
}
export interface Proof {
  payments: number; postings: number; merchants: number; took_ms: number; damage: string[];
  laws: { law: string; checked: number; what: string; findings: string[]; before_rule: string[] }[];
}
export interface Merchant {
  slug: string; name: string; access_key: string; state: string; postback_url: string; time_zone: string; deposit_min: string;
  deposit_max: string; fee_percent: string; fee_fixed: string; created_at: string; settings: Record<string, string>;
}
export interface Key { kind: 'secret' | 'pair'; access_key: string; until: string | null; used_at: string | null }
export interface MerchantShown {
  slug: string; access_key: string; created_at: string; state: string; state_since?: string; state_by?: string;
  keys: Key[]; settings: Record<string, string>;
}
export interface Credentials {
  slug: string; secret: string; access_key?: string; private_access_key?: string; private_key?: string; webhook_secret?: string;
}
export interface Account {
  kind: string; owner: number; currency: string; balance_minor: number; held_minor: number; merchant: string; name: string;
}
export interface UnmatchedItem {
  id: number; receipt: string; amount_minor: number; allocated_minor: number; written_off_minor: number; reason: string;
  reference: string; phone: string; about_order: string; credited_order: string; paid_at: string; allocated_by: string;
}
export interface Suggestion {
  order_id: string; custom_transaction_id: string; amount_minor: number; phone: string; state: DepositState; points: number; why: string;
}
export interface Claim { receipt: string; amount_minor: number; reference: string; phone: string; about_order: string; told_at: string }
export interface Person { name: string; role: string; merchant: string; added_at: string; key_is_own: boolean }
export interface Role { name: string; merchant?: string; about: string; is_custom: boolean; for_merchants: boolean; for_operators: boolean; people: number }
export interface Found {
  kind: 'deposit' | 'withdrawal' | 'refund' | 'suspense'; by: string; id: string; state: string; amount: string; merchant: string;
  their_id: string; receipt: string; created_at: string;
}

export interface Answers {
  'deposit.list': Paged & { deposits: DepositRow[] };
  'withdrawal.list': Paged & { withdrawals: WithdrawalRow[] };
  'refund.list': Paged & { refunds: RefundRow[] };
  'suspense.list': Paged & { suspense: SuspenseRow[] };
  'postback.list': Paged & { postbacks: PostbackRow[] };
  'postback.event_list': Paged & { events: PostbackRow[] };
  'proposal.list': Paged & { proposals: ProposalRow[] };
  'trail.list': Paged & { acts: TrailRow[] };
  'deposit.show': {
    deposit: {
      order_id: string; custom_transaction_id: string; state: DepositState; amount_minor: number; phone: string; receipt: string;
      result_code: string; last_event: string; detail: string; created_at: string; merchant: string; label: string;
      result_text: string; time_zone: string; needs_review: boolean;
    };
    events: StoryEvent[]; rail_messages: RailMessage[]; refunded_minor: number; refunds: Refund[]; postback?: Told; ledger: Booking[];
  };
  'withdrawal.show': { withdrawal: Withdrawal };
  'withdrawal.create': { id: string; state: PayoutState };
  'withdrawal.approve': { outcome: string; approvals: number; needed: number };
  'refund.show': { refund: Refund & { approvals: Approval[]; events: StoryEvent[] } };
  'refund.create': { made_before: boolean; refund: Refund };
  'batch.list': { batches: Batch[] };
  'batch.show': { running: boolean; batch: Batch; rows: BatchRow[] };
  'batch.check': { batch: Batch; check: BatchCheck };
  'batch.upload': { batch: Batch; check: BatchCheck; wrong_rows: BatchRow[] };
  'batch.release': { outcome: string; batch: Batch };
  'batch.approve': { outcomes: Record<string, number> };
  'batch.cancel': { outcome: string; batch: Batch };
  'proposal.show': { proposal: Omit<ProposalRow, 'local' | 'ended_at'> };
  find: { found: Found[] };
  totals: { by: 'day' | 'reason'; zone: string; totals: (Day | Reason)[]; next: string };
  'payouts.show': Payouts;
  'verify.last': Verified;
  'verify.run': Proof;
  'merchant.list': { merchants: Merchant[] };
  'merchant.show': MerchantShown;
  'merchant.create': Credentials;
  'merchant.set': { warning?: string };
  'merchant.rotate_secret': Credentials;
  'merchant.rotate_keys': Credentials;
  'rates.show': { table: number; source: string; as_of: string; imported_at: string; per_usd: Record<string, string> };
  'balance.list': { accounts: Account[] };
  'suspense.review_list': { items: UnmatchedItem[]; claims: Claim[] };
  'suspense.show': { item: UnmatchedItem; suggestions: Suggestion[] };
  'role.list': { roles: Role[] };
  'user.list': {
    people: Person[]; refused_keys: { name: string; count: number; first_at: string; last_at: string }[];
    acts: { number: number; at: string; who: string; act: string; subject: string; detail: string }[];
  };
  'user.add': { name: string; key: string };
  'user.invite': { name: string; url: string; ends_at: string };
  'restore.show': { restored?: { why: string; found_at: string } | null };
  'set_aside.list': { set_aside: { kind: string; id: string; at: string }[] };
  'unreadable.list': { count: number };
}
