/* A screen in the hall: shows one item after the other, and asks again so that what was withdrawn goes. */
(() => {
  "use strict";
  const FORGET = 5 * 60 * 1000;
  const slides = document.getElementById("slides");
  const lost = document.getElementById("lost");
  const clock = document.getElementById("clock");
  let seconds = Number(document.body.dataset.seconds);
  let heard = Date.now();
  let at = 0;
  const show = () => {
    const all = slides.querySelectorAll(".slide");
    if (at >= all.length) at = 0;
    all.forEach((slide, place) => slide.classList.toggle("is-shown", place === at));
  };
  const next = () => { at += 1; show(); setTimeout(next, seconds * 1000); };
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      // Closed, or at another address by now: nothing may stay. Loading anew says so.
      if (answer.status === 404) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("slides");
      const words = (part) => Array.from(part.querySelectorAll(".slide"), (each) => each.textContent).sort().join("\n");
      seconds = Number(page.body.dataset.seconds);
      if (words(found) !== words(slides) || slides.hidden) { slides.replaceChildren(...found.children); at = 0; show(); }
      clock.textContent = page.getElementById("clock").textContent;
      heard = Date.now();
      lost.hidden = true;
      slides.hidden = false;
    } catch {
      lost.hidden = false;
      // Who can't ask can't know what was withdrawn: after a while nothing is shown any more.
      if (Date.now() - heard > FORGET) slides.hidden = true;
    }
  };
  slides.classList.add("is-moving");
  show();
  setTimeout(next, seconds * 1000);
  setInterval(ask, Number(document.body.dataset.again) * 1000);
})();
