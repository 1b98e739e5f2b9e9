import { Link } from '@tanstack/react-router';
import { Icon, Mark } from '../../design/icons';
import { Button } from '../parts/button';
import { useMay } from '../session/session';
import { useWords } from '../words/words';
import { useCounts } from './live';
import { groups } from './places';

export function Rail({ folded, onFold, onGo }: { folded: boolean; onFold: () => void; onGo: () => void }) {
  const { w } = useWords();
  const may = useMay();
  const counts = useCounts();
  const shown = groups.map((group) => ({ ...group, places: group.places.filter(({ needs }) => may(needs)) })).filter(({ places }) => places.length > 0);
  return (
    <nav className="rail" aria-label={w.rail.label}>
      <div className="logo"><Mark /><span className="wide-only">Lango</span></div>
      {shown.map(({ name, places }) => (
        <div key={name ?? 'first'} className="rail-group">
          {name && <h2>{w.rail[name]}</h2>}
          <ul>
            {places.map((place) => {
              const waiting = place.counts ? counts[place.counts] ?? 0 : 0;
              return (
                <li key={place.to}>
                  <Link to={place.to} className="place" activeOptions={{ exact: place.to === '/', includeSearch: false }} activeProps={{ 'data-here': '' }}
                    onClick={onGo} title={folded ? w.rail[place.name] : undefined}>
                    <Icon name={place.icon} /><span className="wide-only">{w.rail[place.name]}</span>
                    {waiting > 0 && <span className="badge"><span aria-hidden="true">{waiting}</span><span className="sr">{w.rail.waiting(waiting)}</span></span>}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      <div className="rail-foot"><Button kind="quiet" icon="fold" aria-label={folded ? w.rail.unfold : w.rail.fold} aria-expanded={!folded} onPress={onFold} /></div>
    </nav>
  );
}
