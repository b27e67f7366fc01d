/** The keyboard of the person at this machine. */

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** What shortcuts are held down with. */
export const MOD = isApple ? '⌘' : 'Ctrl';

/** Whether a key that is pressed there is a letter of a text, and no shortcut. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));
