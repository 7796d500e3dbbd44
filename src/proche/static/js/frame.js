// In a frame on a partner's site: tell the page around how tall this one is, and no other page.
"use strict";
{
  const { origins, call } = document.currentScript.dataset;
  const declared = origins.split(" ").filter(Boolean);
  const around = document.referrer ? new URL(document.referrer).origin : "";
  // A site that hides where it links from is found by trying: browsers deliver to the right one only.
  const told = declared.includes(around) ? [around] : declared;
  let before = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === before) return;
    before = height;
    for (const origin of told) parent.postMessage({ proche: call, height }, origin);
  };
  if (parent !== window) new ResizeObserver(tell).observe(document.body);
}
