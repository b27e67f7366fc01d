/** Where the gateway is: beside the page, whatever path a proxy has put both under. */

/** The address that API paths are relative to, from the address of the page's `index.html`; ends with a slash. */
export function gatewayAddress(documentBase: string): string {
  return new URL('./', documentBase).href;
}
