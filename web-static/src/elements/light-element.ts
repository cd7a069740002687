import { LitElement } from 'lit';

/** An element whose markup lives in the page itself, so that the page's styles and labels reach it. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
