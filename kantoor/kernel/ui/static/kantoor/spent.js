/* How long somebody is at it: whole minutes since the first key on the page, in a field that waits. */
(() => {
  "use strict";
  document.querySelectorAll("input[data-spent]").forEach((field) => {
    let began = 0;
    let own = field.value !== "";
    const fill = () => {
      if (began && !own) field.value = Math.min(480, Math.max(1, Math.ceil((Date.now() - began) / 60000)));
    };
    field.addEventListener("input", () => { own = true; });
    document.addEventListener("input", () => { began ||= Date.now(); });
    field.form.addEventListener("submit", fill);
    setInterval(fill, 5000);
  });
})();
