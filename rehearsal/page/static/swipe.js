// Answering on a phone: a message moved to the left is the one that is answered.
const BEGINS = 14;
const ENOUGH = 52;
const FURTHEST = 76;

export function startSwipe(log, answer) {
  let moved = null;
  let from = null;
  const end = (event) => {
    if (moved) {
      const far = from.x - event.clientX >= ENOUGH;
      moved.style.translate = "";
      moved.classList.remove("moving", "enough");
      if (far && event.type === "pointerup") answer(moved);
    }
    moved = from = null;
  };
  log.addEventListener("pointerdown", (event) => {
    const post = event.target.closest("article");
    from = event.pointerType === "touch" && post && !event.target.closest("input") ? { x: event.clientX, y: event.clientY, post } : null;
  });
  log.addEventListener("pointermove", (event) => {
    if (!from) return;
    const left = from.x - event.clientX;
    if (!moved && Math.abs(event.clientY - from.y) > BEGINS) from = null;
    else if (!moved && left > BEGINS) {
      moved = from.post;
      moved.classList.add("moving");
      log.setPointerCapture(event.pointerId);
    }
    if (!moved) return;
    moved.style.translate = `${-Math.max(0, Math.min(left - BEGINS, FURTHEST))}px 0`;
    moved.classList.toggle("enough", left >= ENOUGH);
  });
  log.addEventListener("pointerup", end);
  log.addEventListener("pointercancel", end);
}
