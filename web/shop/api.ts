// What the shop's own server says (src/shop/shown.cpp).
import { get, post } from '../shared/json';

export interface Good {
  id: string;
  name: string;
  what: string;
  price: number; // 0: the payer says how much
}

export interface Told {
  at: string;
  order: string;
  amount: string;
  receipt: string;
  verified: boolean;
}

export interface Shelf {
  goods: Good[];
  postbacks: (Told & { known: boolean })[];
}

export interface BodyProof {
  signed_part: string;
  inner: string;
  expected: string;
  received: string;
  holds: boolean;
}

export interface HeaderProof {
  id: string;
  timestamp: string;
  expected: string;
  received: string;
  fresh: boolean;
  holds: boolean;
}

export interface AddressProof {
  url: string;
  message: string;
  expected: string;
  received: string;
  holds: boolean;
}

export type Postback = Told & { body: string; page: BodyProof; headers: HeaderProof };
export type Way = 'redirect' | 'frame';

export interface Order {
  order: string;
  good: Good;
  way: Way;
  link: string;
  phone: string;
  phone_url: string;
  standing: 'waiting' | 'paid' | 'other_amount';
  back: AddressProof | null;
  postbacks: Postback[];
}

export const shelf = (): Promise<Shelf> => get('/shelf');
export const order = (id: string): Promise<Order> => get(`/orders/${encodeURIComponent(id)}`);
export const buy = (good: string, way: Way, lang: string): Promise<Order> =>
  post('/orders', { good, way, lang });
export const verify = (body: string): Promise<BodyProof> => post('/verify', body);
