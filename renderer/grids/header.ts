import type { IHeaderParams, IInnerHeaderComponent } from 'ag-grid-community';

export interface UnitHeaderParams {
  readonly unit?: string;
}

/** A header's name with its unit beside it, fainter. */
export class UnitHeader implements IInnerHeaderComponent {
  private readonly element = document.createElement('span');

  init(params: IHeaderParams & UnitHeaderParams): void {
    this.element.className = 'unit-header';
    this.refresh(params);
  }

  getGui(): HTMLElement {
    return this.element;
  }

  refresh(params: IHeaderParams & UnitHeaderParams): boolean {
    this.element.textContent = params.displayName;
    if (params.unit !== undefined) {
      const unit = document.createElement('span');
      unit.className = 'unit';
      unit.textContent = params.unit;
      this.element.append(' ', unit);
    }
    return true;
  }
}
