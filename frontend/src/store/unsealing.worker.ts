/** Opens the boxes of a store beside the screen: they come first, then their key. */
import { textsOf, type Sealed } from './unsealing';

let sealed: Sealed | null = null;

addEventListener('message', ({ data }: MessageEvent<Sealed | CryptoKey>) => {
  if (!(data instanceof CryptoKey)) {
    sealed = data;
    return;
  }
  if (sealed === null) throw new Error('A key came before the boxes');
  textsOf(data, sealed).then(
    (texts) => {
      postMessage(texts);
    },
    () => {
      postMessage(null);
    },
  );
});
