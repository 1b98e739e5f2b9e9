import { byId } from '../shared/dom';
import { showOrder } from './order';
import { showShelf } from './shelf';

const named = new URLSearchParams(location.search).get('order');
void (named ? showOrder(byId('main'), named) : showShelf(byId('main')));
