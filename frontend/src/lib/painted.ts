/** Ends when the screen as it is now was painted: what nobody waits for can come after that. */
export function painted(): Promise<void> {
  // A page that nobody sees is not painted before somebody does.
  if (document.visibilityState === 'hidden') return Promise.resolve();
  // The second frame begins when the first is on the screen.
  return new Promise((done) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        done();
      });
    });
  });
}
