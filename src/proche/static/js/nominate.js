// The work a form of nomination asks of the browser, done while the page is read: a number for
// which the SHA-256 of "ticket|number" begins with enough zero bits. Without WebCrypto, or without
// this script, the server asks one small question instead.
"use strict";
{
  const BATCH = 128;
  const zeroBits = (bytes) => {
    let bits = 0;
    for (const byte of bytes) {
      if (byte) return bits + Math.clz32(byte) - 24;
      bits += 8;
    }
    return bits;
  };
  const work = async (ticket, wanted) => {
    const encoder = new TextEncoder();
    for (let from = 0; ; from += BATCH) {
      const tries = Array.from({ length: BATCH }, (_, n) => crypto.subtle.digest("SHA-256", encoder.encode(`${ticket}|${from + n}`)));
      const found = (await Promise.all(tries)).findIndex((digest) => zeroBits(new Uint8Array(digest)) >= wanted);
      if (found >= 0) return String(from + found);
      // Promises alone would keep the page from being painted or typed in.
      await new Promise((go) => setTimeout(go));
    }
  };
  const begin = (form) => {
    const { ticket, work: field } = form.elements;
    if (!globalThis.crypto?.subtle || !ticket?.value) return;
    const began = Date.now();
    let waiting = null;
    const done = work(ticket.value, Number(form.dataset.work)).then((number) => (field.value = number));
    form.addEventListener("submit", (event) => {
      // The server wants two seconds between the page and the form; nobody is told to press again.
      const soon = 2600 - (Date.now() - began);
      if ((field.value && soon <= 0) || waiting === "over") return;
      event.preventDefault();
      if (waiting) return;
      waiting = "begun";
      for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
      Promise.all([done, new Promise((go) => setTimeout(go, Math.max(0, soon)))]).then(() => {
        waiting = "over";
        form.requestSubmit();
      });
    });
  };
  document.querySelectorAll("form[data-work]").forEach(begin);
}
