// What a person chose on this device. Where the browser keeps nothing it is chosen anew.
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`lango.${name}`);
  } catch {
    return null;
  }
}
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`lango.${name}`, value);
  } catch {
    // Nothing is kept.
  }
}
