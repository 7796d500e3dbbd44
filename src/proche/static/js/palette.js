// Ctrl-K or ⌘K opens the palette anywhere; arrows choose, Enter goes, Esc closes as any dialog.
"use strict";
{
  const palette = document.querySelector("[data-palette]");
  const field = palette?.querySelector("input");
  const options = () => [...palette.querySelectorAll("a[role=option]")];
  const current = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const choose = (option) => {
    for (const one of options()) one.setAttribute("aria-selected", one === option);
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const move = (by) => {
    const all = options();
    if (all.length) choose(all[(all.indexOf(current()) + by + all.length) % all.length]);
  };
  // Whether the list answers what is typed; Enter pressed before it does goes once it does.
  let answered = false;
  let going = false;
  const wait = () => {
    answered = false;
    going = false;
  };
  const go = () => {
    if (answered) current()?.click();
    else going = true;
  };
  const show = () => {
    field.value = "";
    wait();
    palette.querySelector("#palette-found").replaceChildren();
    if (!palette.open) palette.showModal();
    field.focus();
    field.dispatchEvent(new CustomEvent("palette-open"));
  };
  if (palette) {
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (palette.open) palette.close();
      else show();
    });
    // The button opens the dialog by itself; what it shows first is asked for here.
    document.addEventListener("click", (event) => {
      if (event.target.closest('[data-dialog="palette"]')) show();
      else if (event.target === palette) palette.close();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter") go();
      // A search field would first be emptied.
      else if (event.key === "Escape") palette.close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("input", wait);
    palette.addEventListener("htmx:afterSwap", (event) => {
      choose(options()[0]);
      answered = event.detail.requestConfig.parameters.q === field.value;
      if (answered && going) go();
    });
  }
}
