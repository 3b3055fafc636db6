/**
 * Reading and changing cells of typed arrays. One function for each kind of array, so that the engine sees one
 * kind at each place and makes a plain load of it. Every index in the solver comes from the model's own ranges.
 */
export function real(cells: Float64Array, at: number): number {
  return cells[at] ?? 0;
}

export function addReal(cells: Float64Array, at: number, by: number): void {
  cells[at] = (cells[at] ?? 0) + by;
}

export function whole(cells: Int32Array, at: number): number {
  return cells[at] ?? 0;
}

export function addWhole(cells: Int32Array, at: number, by: number): void {
  cells[at] = (cells[at] ?? 0) + by;
}
