// Before the first paint: what the person has chosen wins over what the system says.
try {
  const theme = localStorage.getItem("points-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing has the system's theme.
}
