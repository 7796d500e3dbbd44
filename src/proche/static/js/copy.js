// One tap copies the exact words; the button answers for two seconds, then speaks its name again.
"use strict";
function wake(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  await navigator.clipboard.writeText("value" in source ? source.value : source.textContent.trim());
  const word = button.querySelector("[data-copy-word]");
  const before = word ? word.textContent : button.getAttribute("aria-label");
  const say = (text) => (word ? (word.textContent = text) : button.setAttribute("aria-label", text));
  say(button.dataset.copied);
  button.classList.add("copied");
  window.Proche?.announce(button.dataset.copied);
  setTimeout(() => {
    say(before);
    button.classList.remove("copied");
  }, 2000);
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button && !button.classList.contains("copied")) copy(button);
});
document.addEventListener("htmx:load", (event) => wake(event.target));
wake(document);
