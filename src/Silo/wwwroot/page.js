// What only a browser can do for the pages; called through PageScript.

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// The clipboard API is closed to pages that came over plain http from another host.
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

export function prefersDark() {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

export function keepTheme(cookie, theme) {
  document.documentElement.dataset.theme = theme.toLowerCase();
  document.cookie = `${cookie}=${theme}; path=/; max-age=31536000; samesite=strict`;
}
