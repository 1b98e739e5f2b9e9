// Signatures, each step of their check in sight.
import { verify, type AddressProof, type BodyProof, type HeaderProof, type Postback } from './api';
import { make, setText } from '../shared/dom';
import { holds } from './words';

type Step = [name: string, value: string];

function verdict(yes: boolean): HTMLElement {
  return make('p', { class: yes ? 'verdict yes' : 'verdict no' }, holds(yes));
}

function steps(list: Step[]): HTMLElement {
  return make('dl', { class: 'steps' }, ...list.flatMap(([name, value]) =>
    [make('dt', {}, name), make('dd', {}, make('code', {}, value || '(nothing)'))]));
}

const ofBody = (proof: BodyProof): Step[] => [
  ['additional_data, the bytes as they came', proof.signed_part],
  ['md5 of these bytes', proof.inner],
  ['sha1 of access key + private access key + that md5', proof.expected],
  ['signature in the postback', proof.received],
];

const ofHeaders = (proof: HeaderProof): Step[] => [
  ['webhook-id', proof.id],
  ['webhook-timestamp', proof.timestamp + (proof.fresh ? ', less than 5 minutes ago' : ', not of now')],
  ['hmac-sha256 of id.timestamp.body with the webhook secret', proof.expected],
  ['webhook-signature', proof.received],
];

export function addressProof(proof: AddressProof): HTMLElement {
  return make('section', { class: 'proof', 'data-proof': 'redirect' },
    make('h2', {}, 'The way back, signed by this shop'),
    make('p', {}, 'The link carries this address as success_url, fail_url and pending_url. ' +
      'The window follows it only because its signature holds.'),
    verdict(proof.holds),
    steps([
      ['first half: the address', proof.url],
      ['what is signed', proof.message],
      ['hmac-sha256 of that with the private access key', proof.expected],
      ['second half: the signature', proof.received],
    ]));
}

export function postbackProof(postback: Postback): HTMLElement {
  const id = `body-${postback.headers.id}`;
  const bytes = make('textarea', { id, rows: '8', spellcheck: 'false' });
  bytes.value = postback.body;
  const said = make('p', { class: 'verdict', role: 'status' });
  const check = () => verify(bytes.value).then((proof) => {
    said.className = proof.holds ? 'verdict yes' : 'verdict no';
    setText(said, `These bytes, ${holds(proof.holds)}`);
  }, (error: Error) => setText(said, error.message));
  return make('section', { class: 'proof', 'data-proof': 'postback' },
    make('h2', {}, `The postback: receipt ${postback.receipt}`),
    make('h3', {}, 'Signature in its body'),
    verdict(postback.page.holds), steps(ofBody(postback.page)),
    make('h3', {}, 'Signature in its headers'),
    verdict(postback.headers.holds), steps(ofHeaders(postback.headers)),
    make('h3', {}, 'Try it'),
    make('label', { for: id }, 'The whole body. Change a digit of additional_data, and it fails'),
    bytes,
    make('button', { type: 'button', click: check }, 'Verify these bytes'), said);
}
