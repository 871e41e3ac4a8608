for (const at of document.querySelectorAll("time[datetime]")) {
  at.title = at.textContent;
  at.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    year: "numeric", month: "short", day: "numeric", weekday: "short",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  }).format(new Date(at.dateTime));
}
