// The phone's own way to send the words, where it has one.
"use strict";
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.share).value;
    navigator.share({ text }).catch(() => {}); // closed without sending: nothing to say
  });
}
