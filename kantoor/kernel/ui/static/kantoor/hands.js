/* What hands do on a phone: sign in a box, and scan codes with the camera where the browser can. */
(() => {
  "use strict";

  // Sign: a box after the hidden field, which gets the drawing as PNG.
  document.querySelectorAll("input[data-signature]").forEach((field) => {
    const box = document.createElement("canvas");
    const label = document.createElement("p");
    const again = document.createElement("button");
    label.className = "k-hint";
    label.textContent = field.dataset.label || "";
    again.type = "button";
    again.className = "btn";
    again.textContent = field.dataset.again || "×";
    box.className = "k-signature";
    box.width = 640;
    box.height = 220;
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", field.dataset.label || "");
    field.after(label, box, again);
    const pen = box.getContext("2d");
    let drawing = false;
    const clear = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, box.width, box.height);
      pen.strokeStyle = "#111";
      pen.lineWidth = 2.5;
      pen.lineCap = pen.lineJoin = "round";
      field.value = "";
    };
    const at = (event) => {
      const place = box.getBoundingClientRect();
      return [(event.clientX - place.left) * box.width / place.width, (event.clientY - place.top) * box.height / place.height];
    };
    clear();
    box.addEventListener("pointerdown", (event) => {
      drawing = true;
      box.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
      event.preventDefault();
    });
    box.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...at(event));
      pen.stroke();
      event.preventDefault();
    });
    box.addEventListener("pointerup", () => {
      drawing = false;
      field.value = box.toDataURL("image/png");
    });
    again.addEventListener("click", clear);
  });

  // Scan: each code that the camera reads becomes a line of the field, once.
  document.querySelectorAll("textarea[data-scan]").forEach(async (field) => {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    const start = document.createElement("button");
    start.type = "button";
    start.className = "btn";
    start.textContent = field.dataset.scan;
    field.after(start);
    start.addEventListener("click", async () => {
      const eye = new window.BarcodeDetector({ formats: ["qr_code", "code_128", "code_39", "ean_13"] });
      const film = document.createElement("video");
      film.className = "k-signature";
      film.playsInline = true;
      try {
        film.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        return; // No camera, or not allowed: codes are typed.
      }
      start.replaceWith(film);
      await film.play();
      const seen = new Set(field.value.split("\n").filter(Boolean));
      setInterval(async () => {
        const found = await eye.detect(film).catch(() => []);
        found.map((each) => each.rawValue).filter((code) => !seen.has(code)).forEach((code) => {
          seen.add(code);
          field.value = [...seen].join("\n");
          navigator.vibrate?.(60);
        });
      }, 300);
    });
  });
})();
