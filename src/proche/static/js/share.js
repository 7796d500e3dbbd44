// The phone's own way to send the words, where it has one.
"use strict";
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  // One main button: sharing, where it is there.
  for (const copy of document.querySelectorAll(`.btn-primary[data-copy="${button.dataset.share}"]`)) copy.classList.remove("btn-primary");
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.share).value;
    navigator.share({ text }).catch(() => {}); // closed without sending: nothing to say
  });
}
