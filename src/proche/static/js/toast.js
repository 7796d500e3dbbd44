// A toast stays ten seconds, and for as long as someone points at it or is on it with the keyboard.
"use strict";
{
  const STAY = 10_000;
  const follow = (toast) => {
    let left = STAY, since = 0, timer = 0;
    const go = () => { since = Date.now(); timer = setTimeout(() => toast.remove(), left); };
    const hold = () => { clearTimeout(timer); left = Math.max(1000, left - (Date.now() - since)); };
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("pointerleave", go);
    toast.addEventListener("focusout", go);
    const close = toast.querySelector("[data-toast-close]");
    if (close) {
      close.hidden = false;
      close.addEventListener("click", () => toast.remove());
    }
    // A refusal stays until it is read: only good news leaves by itself.
    if (!toast.classList.contains("toast-stop")) go();
  };
  const all = document.getElementById("toasts");
  if (all) {
    all.querySelectorAll("[data-toast]").forEach(follow);
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) follow(node);
    }).observe(all, { childList: true });
  }
  window.Proche = {
    ...window.Proche,
    announce(text) {
      let line = document.getElementById("announced");
      if (!line) {
        line = document.createElement("p");
        line.id = "announced";
        line.className = "visually-hidden";
        line.setAttribute("role", "status");
        document.body.append(line);
      }
      line.textContent = text;
    },
  };
}
