import {html, repeat} from './lit.js';

/** Rows drawn beyond those in sight, so that slow scrolling shows no gap. */
const MARGIN = 8;

/**
 * A long list of rows of the same height that scrolls with the page: only the rows in sight are in the document.
 * The height of a row is the style sheet's --row on the list. Arrow keys, Page Up and Down, Home and End move the focus
 * from row to row; a row is what has data-index, and its first link takes the focus.
 */
export class VirtualList {
  #redraw;
  #reached;
  #count = 0;
  #drawn = '';
  #frame = 0;
  #moved = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#span().text !== this.#drawn) {
        this.#redraw();
      }
    });
  };

  /**
   * @param redraw draws the view anew
   * @param reached is told the index after the last row in sight
   */
  constructor(redraw, reached) {
    this.#redraw = redraw;
    this.#reached = reached;
    window.addEventListener('scroll', this.#moved, {passive: true});
    window.addEventListener('resize', this.#moved, {passive: true});
  }

  close() {
    cancelAnimationFrame(this.#frame);
    window.removeEventListener('scroll', this.#moved);
    window.removeEventListener('resize', this.#moved);
  }

  /** The rows in sight, each drawn by row(index) and kept apart by key(index), between the space of the others. */
  template(count, row, key) {
    this.#count = count;
    const {height, first, last, text} = this.#span();
    this.#drawn = text;
    queueMicrotask(() => this.#reached(last));
    const indices = Array.from({length: last - first}, (_, offset) => first + offset);
    return html`
      <div class="virtual-list" role="rowgroup" @keydown=${event => this.#key(event)}>
        <svg aria-hidden="true" width="1" height=${first * height}></svg>
        ${repeat(indices, key, row)}
        <svg aria-hidden="true" width="1" height=${(count - last) * height}></svg>
      </div>`;
  }

  /** Which rows are in sight. */
  #span() {
    const count = this.#count;
    const element = document.querySelector('.virtual-list');
    if (element === null) {
      return {height: 48, first: 0, last: Math.min(count, 40), text: ''};
    }
    const height = parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 48;
    const above = -element.getBoundingClientRect().top;
    const first = Math.max(0, Math.min(count, Math.floor(above / height) - MARGIN));
    const last = Math.max(first, Math.min(count, Math.ceil((above + window.innerHeight) / height) + MARGIN));
    return {height, first, last, text: `${height} ${first} ${last}`};
  }

  #key(event) {
    const index = Number(event.target.closest('[data-index]')?.dataset.index ?? NaN);
    const screen = Math.max(1, Math.floor(window.innerHeight / this.#span().height) - 2);
    const target = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + screen,
      PageUp: index - screen,
      Home: 0,
      End: this.#count - 1,
    }[event.key];
    if (Number.isNaN(index) || target === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    this.#focus(Math.max(0, Math.min(this.#count - 1, target)));
  }

  #focus(index) {
    const element = document.querySelector('.virtual-list');
    const {height} = this.#span();
    const top = element.getBoundingClientRect().top + index * height;
    const covered = document.getElementById('header').getBoundingClientRect().bottom;
    if (top < covered + height || top + 2 * height > window.innerHeight) {
      window.scrollBy({top: top - window.innerHeight / 2, behavior: 'instant'});
    }
    this.#redraw();
    element.querySelector(`[data-index="${index}"] a`)?.focus({preventScroll: true});
  }
}
