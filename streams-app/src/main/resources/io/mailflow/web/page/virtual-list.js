import {html} from './lit.js';

/**
 * A long list of rows of the same height that scrolls with the page: only the rows in sight are in the document.
 * The height of a row is the style sheet's --row on the list.
 */
export class VirtualList {
  #element = null;
  #redraw;
  #reached;
  #onScroll = () => this.#redraw();

  /**
   * @param redraw draws the view anew
   * @param reached is told the index of the last row in sight
   */
  constructor(redraw, reached) {
    this.#redraw = redraw;
    this.#reached = reached;
    window.addEventListener('scroll', this.#onScroll, {passive: true});
    window.addEventListener('resize', this.#onScroll, {passive: true});
  }

  close() {
    window.removeEventListener('scroll', this.#onScroll);
    window.removeEventListener('resize', this.#onScroll);
  }

  /** The rows in sight, each drawn by row(index), between the space of the others. */
  template(count, row) {
    const {height, first, last} = this.#inSight(count);
    queueMicrotask(() => {
      this.#element = document.querySelector('.virtual-list');
      this.#reached(last);
    });
    const rows = [];
    for (let index = first; index < last; index += 1) {
      rows.push(row(index));
    }
    return html`
      <div class="virtual-list" role="rowgroup">
        <svg aria-hidden="true" width="1" height=${first * height}></svg>
        ${rows}
        <svg aria-hidden="true" width="1" height=${(count - last) * height}></svg>
      </div>`;
  }

  #inSight(count) {
    if (!this.#element?.isConnected) {
      return {height: 48, first: 0, last: Math.min(count, 40)};
    }
    const height = parseFloat(getComputedStyle(this.#element).getPropertyValue('--row')) || 48;
    const above = -this.#element.getBoundingClientRect().top;
    const first = Math.max(0, Math.min(count, Math.floor(above / height) - 8));
    const last = Math.max(first, Math.min(count, Math.ceil((above + window.innerHeight) / height) + 8));
    return {height, first, last};
  }
}
