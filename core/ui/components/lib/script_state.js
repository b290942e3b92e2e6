// Whether the server runs a script of this page, as far as the browser knows: Streamlit writes that on its page.

export const isResting = () => document.querySelector("[data-test-script-state=notRunning]") !== null;
