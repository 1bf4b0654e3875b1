// The bar on top: the name, the clock with its buttons, language, colours and the way to the explanation.
// It also remembers in this browser what was chosen, and tells the server how many chats fit beside each other.
const COLUMN = 288; // pixels a chat needs to read well
const PHONE = 760;

const stored = (name) => {
  try {
    return JSON.parse(localStorage.getItem("seintje." + name));
  } catch {
    return null; // a browser that keeps nothing, or something that is not ours
  }
};
const store = (name, value) => {
  try {
    localStorage.setItem("seintje." + name, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing
  }
};

export default {
  props: { words: Object, now: String, now_short: String, moving: Boolean, language: String, guide: Boolean, open: Array, started: Boolean },
  emits: ["start", "room", "clock", "language", "guide"],
  data: () => ({ dark: false }),
  mounted() {
    const theme = stored("theme");
    this.paint(theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
    const wanted = stored("open");
    this.$emit("start", {
      columns: this.columns(),
      language: stored("language") === "en" ? "en" : "nl",
      open: Array.isArray(wanted) ? wanted.filter((handle) => typeof handle === "string") : [],
      guide: stored("guide") !== false && innerWidth >= PHONE,
    });
    this.resized = () => this.$emit("room", { columns: this.columns() });
    addEventListener("resize", this.resized);
  },
  beforeUnmount() {
    removeEventListener("resize", this.resized);
  },
  watch: {
    open(value) {
      if (this.started) store("open", value);
    },
    guide(value) {
      if (this.started && innerWidth >= PHONE) store("guide", value);
      this.resized();
    },
    language(value) {
      document.documentElement.lang = value;
      if (this.started) store("language", value);
    },
  },
  methods: {
    columns() {
      if (innerWidth < PHONE) return 1;
      const beside = 284 + (this.guide && innerWidth >= 1180 ? 272 : 0);
      return Math.min(4, Math.max(1, Math.floor((innerWidth - beside) / COLUMN)));
    },
    paint(dark) {
      this.dark = dark;
      document.documentElement.dataset.theme = dark ? "dark" : "light";
    },
    repaint() {
      this.paint(!this.dark);
      store("theme", this.dark ? "dark" : "light");
    },
  },
  template: `
    <header class="bar">
      <a class="skip" href="#desk">{{ words.skip }}</a>
      <div class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true"><path class="beam" d="M14 9 2 4v9zM18 9l12-5v9z"/><path d="M13 12h6l2 16H11z"/><path d="M12.5 6h7v5h-7z"/><path d="M11.5 6 16 2.5 20.5 6z"/></svg>
        <h1>{{ words.title }}<small>{{ words.subtitle }}</small></h1>
      </div>
      <div class="clock" role="group" :aria-label="words.clock">
        <span class="clock-now"><i class="icon clock-face" aria-hidden="true"></i><span class="visually-hidden">{{ words.now }}: </span><template v-if="moving">{{ words.moving }}</template><time v-else><span class="long">{{ now }}</span><span class="short">{{ now_short }}</span></time></span>
        <span class="clock-buttons">
          <button v-for="step in ['hour', 'morning', 'week']" type="button" class="small" :data-step="step" :key="step"
            :disabled="moving" :title="words[step + '_hint']" :aria-label="words[step + '_hint']" @click="$emit('clock', { step })">
            <span class="long">{{ words[step] }}</span><span class="short">{{ words[step + '_short'] }}</span>
          </button>
        </span>
      </div>
      <div class="tools">
        <span class="languages" role="group" :aria-label="words.language">
          <button v-for="code in ['nl', 'en']" type="button" :key="code" :lang="code" :aria-pressed="String(language === code)"
            :aria-label="{ nl: 'Nederlands', en: 'English' }[code]" @click="$emit('language', { language: code })">{{ code.toUpperCase() }}</button>
        </span>
        <button type="button" class="round" :title="dark ? words.theme_light : words.theme_dark" :aria-label="dark ? words.theme_light : words.theme_dark" @click="repaint">
          <i class="icon" :class="dark ? 'sun' : 'moon'" aria-hidden="true"></i>
        </button>
        <button type="button" class="guide-button small" :aria-expanded="String(guide)" @click="$emit('guide', { show: !guide })">{{ words.guide }}</button>
      </div>
    </header>`,
};
