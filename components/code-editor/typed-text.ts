/**
 * Tells an echo from news: what was typed comes back as the value a moment later, when more has been typed. Only a value
 * that was never typed, or came back already, is to be put into the editor.
 */
export class TypedText {
  #onTheWay: string[] = [];

  typed(text: string): void {
    this.#onTheWay.push(text);
  }

  isEcho(value: string): boolean {
    const index = this.#onTheWay.lastIndexOf(value);
    if (index === -1) {
      this.#onTheWay = [];
      return false;
    }
    this.#onTheWay.splice(0, index + 1);
    return true;
  }
}
