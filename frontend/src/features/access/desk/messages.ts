/** What the desk asks the server about somebody's own messages. */
import { get, post, put } from '../../../api/client';
import type { Answer } from './requests';

/** Times are Amsterdam's, "08:30"; '' for none. */
export interface MessageChoice {
  readonly mail: boolean;
  readonly quiet_from: string;
  readonly quiet_until: string;
  /** When what can wait is told; '' when it comes. */
  readonly daily_at: string;
}

export interface Messages extends MessageChoice {
  readonly mail_set_up: boolean;
  /** The address somebody signs in with took no mail. */
  readonly mail_refused: boolean;
  /** What a browser must know to let this server push; '' where it does not. */
  readonly push_key: string;
  readonly browsers: number;
}

export const readMessages = (): Answer<Messages> => get('/me/messages');
export const chooseMessages = (choice: MessageChoice): Answer<Messages> =>
  put('/me/messages', choice);
export const addBrowser = (endpoint: string): Answer<unknown> =>
  post('/me/push-browsers', { endpoint });
export const removeBrowser = (endpoint: string): Answer<unknown> =>
  post('/me/push-browsers/removal', { endpoint });
