/** What the worker and the app's windows call the line that came back. */
export const WAKE = 'voordeur-wake';
