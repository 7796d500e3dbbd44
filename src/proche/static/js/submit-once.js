// A second tap on the same button sends nothing more; coming back by the history frees the form.
"use strict";
{
  const busy = (form, on) => {
    form.toggleAttribute("data-sending", on);
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", on);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const method = event.submitter?.getAttribute("formmethod") || form.method;
    if (method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.hasAttribute("data-sending")) event.preventDefault();
    else if (!event.defaultPrevented) {
      busy(form, true);
      // An answer that is a file leaves the page in place: it must be usable again.
      setTimeout(() => busy(form, false), 8000);
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) busy(form, false);
  });
}
