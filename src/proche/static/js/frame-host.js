// For the partner's page: gives each frame of a call the height it asks for. It listens to the site
// this script came from only, reads nothing of the page and keeps nothing.
"use strict";
{
  const ours = new URL(document.currentScript.src).origin;
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== ours || !data || typeof data.proche !== "string" || !(data.height > 0)) return;
    for (const frame of document.querySelectorAll("iframe[data-proche]"))
      if (frame.contentWindow === source) frame.height = Math.min(Math.ceil(data.height), 4000);
  });
}
