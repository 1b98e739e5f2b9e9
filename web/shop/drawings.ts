// A drawing for each good, in a few strokes.
const space = 'http://www.w3.org/2000/svg';

const strokes: Record<string, string[]> = {
  coffee: ['M14 26h36v14a14 14 0 0 1-14 14h-8a14 14 0 0 1-14-14z', 'M50 30h6a6 6 0 0 1 0 12h-6',
    'M24 20c0-5 4-5 4-10', 'M34 20c0-5 4-5 4-10'],
  basket: ['M12 28h40l-5 26H17z', 'M18 28C18 6 46 6 46 28', 'M14 37h36M16 46h32', 'M25 28l2 26M39 28l-2 26'],
  mandazi: ['M10 40l16-20 12 20z', 'M26 44l14-20 16 20z', 'M8 50h48', 'M24 32h4M40 36h4'],
  voucher: ['M8 20h48v8a5 5 0 0 0 0 10v8H8v-8a5 5 0 0 0 0-10z', 'M26 20v26', 'M34 29h14M34 37h9'],
};

export function drawing(good: string): SVGSVGElement {
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('viewBox', '0 0 64 64');
  picture.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes[good] ?? []) {
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', stroke);
    picture.append(path);
  }
  return picture;
}
