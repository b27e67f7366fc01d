/** Whether the page is on its way to paper, where nothing scrolls: what is drawn only in sight is drawn whole then. */
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const paper = matchMedia('print');
    // At once: the browser lays the page out for paper as soon as everybody has been told.
    const tell = () => flushSync(() => setPrinting(paper.matches));
    paper.addEventListener('change', tell);
    return () => paper.removeEventListener('change', tell);
  }, []);
  return isPrinting;
}
