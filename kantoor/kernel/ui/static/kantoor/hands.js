/* What hands do on a phone: sign in a box, and scan codes with the camera. */
(() => {
  "use strict";
  const reader = document.currentScript.dataset.reader;

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
    let drawn = false;
    const clear = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, box.width, box.height);
      pen.strokeStyle = "#111";
      pen.lineWidth = 2.5;
      pen.lineCap = pen.lineJoin = "round";
      field.value = "";
      drawn = false;
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
      drawn = true;
      event.preventDefault();
    });
    // A tap alone is no signature, nor is a button that was let go over the box.
    const lift = () => {
      drawing = false;
      if (drawn) field.value = box.toDataURL("image/png");
    };
    box.addEventListener("pointerup", lift);
    box.addEventListener("pointercancel", lift);
    again.addEventListener("click", clear);
  });

  // What finds codes in a film: the browser's own eye where it has one, else one for QR codes.
  const ownEye = () => {
    const eye = new window.BarcodeDetector({ formats: ["qr_code", "code_128", "code_39", "ean_13"] });
    return async (film) => (await eye.detect(film)).map((each) => each.rawValue);
  };
  const lentEye = () =>
    new Promise((ready, failed) => {
      const script = document.createElement("script");
      const paper = document.createElement("canvas");
      const pen = paper.getContext("2d", { willReadFrequently: true });
      script.src = reader;
      script.onerror = failed;
      script.onload = () =>
        ready(async (film) => {
          // Half a megapixel is enough for a label, and quick on an old phone.
          const scale = Math.min(1, 800 / Math.max(film.videoWidth, film.videoHeight, 1));
          paper.width = Math.max(1, Math.round(film.videoWidth * scale));
          paper.height = Math.max(1, Math.round(film.videoHeight * scale));
          pen.drawImage(film, 0, 0, paper.width, paper.height);
          const { data } = pen.getImageData(0, 0, paper.width, paper.height);
          const found = window.jsQR(data, paper.width, paper.height, { inversionAttempts: "dontInvert" });
          return found && found.data ? [found.data] : [];
        });
      document.head.append(script);
    });
  const eyes = async () => {
    if (!("BarcodeDetector" in window)) return lentEye();
    const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    return formats.includes("qr_code") ? ownEye() : lentEye();
  };

  // Scan: each code that the camera reads becomes a line of the field, once.
  document.querySelectorAll("textarea[data-scan]").forEach((field) => {
    if (!navigator.mediaDevices) return;
    const start = document.createElement("button");
    const said = document.createElement("p");
    start.type = "button";
    start.className = "btn";
    start.textContent = field.dataset.scan;
    said.className = "k-hint";
    said.setAttribute("role", "status");
    field.after(start, said);
    start.addEventListener("click", async () => {
      const film = document.createElement("video");
      film.className = "k-film";
      film.playsInline = true;
      film.muted = true;
      start.disabled = true;
      let look;
      try {
        film.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        start.replaceWith(film);
        await film.play();
        look = await eyes();
      } catch {
        // No camera, not allowed, or nothing to read with: codes are typed.
        film.srcObject?.getTracks().forEach((track) => track.stop());
        film.remove();
        start.remove();
        said.textContent = field.dataset.blind || "";
        field.focus();
        return;
      }
      const glance = async () => {
        const codes = await look(film).catch(() => []);
        // The field is read anew: what was typed meanwhile stays.
        const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
        const fresh = codes.filter((code) => code && !lines.includes(code));
        if (fresh.length) {
          field.value = [...lines, ...new Set(fresh)].join("\n") + "\n";
          said.textContent = fresh.join(", ");
          navigator.vibrate?.(60);
        }
        setTimeout(glance, 250);
      };
      glance();
    });
  });
})();
