// One conversation: the messages with their buttons, and the place to write. All text is shown as text, never as HTML.
const LONG = 1500; // characters; longer messages are folded
const LINES = 45;
const MOST = 900_000; // bytes; the line to the server takes a million

const drafts = {
  // What was being written survives closing a chat and loading the page again.
  get: (handle) => sessionStorage.getItem("seintje.draft." + handle) || "",
  set: (handle, text) => sessionStorage.setItem("seintje.draft." + handle, text),
};

export default {
  props: {
    person: Object, bubbles: Array, earlier: Boolean, typing: Boolean, words: Object, suggestions: Array, prefill: Object, notice: String,
  },
  emits: ["close", "send", "press", "earlier", "seen"],
  data() {
    return {
      draft: drafts.get(this.person.handle),
      forwarding: false,
      from: "",
      ideas: false,
      unfolded: new Set(),
      old: new Set(this.bubbles.map((bubble) => bubble.id)),
      waiting: null, // token of a button that was pressed a moment ago
      follows: true, // the newest message is in sight, and stays so
      below: false,
      tooLong: false,
    };
  },
  computed: {
    chips() {
      return this.ideas || !this.bubbles.length ? this.suggestions : [];
    },
  },
  mounted() {
    this.toBottom();
    this.grow();
    if (this.prefill) this.fill(this.prefill.text);
    else if (document.activeElement?.closest(".people") && matchMedia("(hover: hover)").matches) this.$refs.input.focus();
    this.look();
    this.resized = new ResizeObserver(() => this.follows && this.toBottom()); // a narrower chat is a longer one
    this.resized.observe(this.$refs.log);
    this.looked = () => this.look();
    document.addEventListener("visibilitychange", this.looked);
  },
  beforeUnmount() {
    this.resized.disconnect();
    document.removeEventListener("visibilitychange", this.looked);
  },
  watch: {
    bubbles(now, before) {
      const newest = now.at(-1);
      const isNew = newest && newest.id !== before.at(-1)?.id;
      const follow = this.follows || newest?.mine;
      this.waiting = null;
      const known = new Set(before.map((bubble) => bubble.id));
      const past = now.slice(0, Math.max(0, now.findIndex((bubble) => known.has(bubble.id)))); // was asked for
      past.forEach((bubble) => this.old.add(bubble.id));
      if (isNew && !follow) this.below = true;
      this.$nextTick(() => follow && this.toBottom());
      if (isNew) this.look();
    },
    typing() {
      if (this.follows) this.$nextTick(() => this.toBottom());
    },
    "prefill.times"() {
      this.fill(this.prefill.text); // counted, so that the same text can be put ready again
    },
    draft(text) {
      this.tooLong = new Blob([text]).size > MOST;
      if (!this.tooLong) drafts.set(this.person.handle, text);
      this.$nextTick(() => this.grow());
    },
  },
  methods: {
    named(key) {
      return this.words[key].replace("{name}", () => this.person.first);
    },
    look() {
      if (document.visibilityState === "visible" && this.$el.offsetParent !== null) this.$emit("seen", {});
    },
    toBottom() {
      this.$refs.log.scrollTop = this.$refs.log.scrollHeight;
      this.follows = true;
      this.below = false;
    },
    scrolled() {
      const log = this.$refs.log;
      this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      if (this.follows) this.below = false;
    },
    isLong(text) {
      return text.length > LONG || text.split("\n", LINES + 1).length > LINES;
    },
    shown(bubble) {
      if (this.unfolded.has(bubble.id) || !this.isLong(bubble.text)) return bubble.text;
      return bubble.text.split("\n", LINES).join("\n").slice(0, LONG).trimEnd() + "…";
    },
    fold(bubble) {
      if (!this.unfolded.delete(bubble.id)) this.unfolded.add(bubble.id);
    },
    forwarded(bubble) {
      return bubble.forwarded ? this.words.forwarded.replace("{name}", () => bubble.forwarded) : this.words.forwarded_unknown;
    },
    fill(text) {
      this.draft = text;
      this.ideas = false;
      this.$nextTick(() => {
        this.grow();
        this.$refs.input.focus();
        this.$refs.input.setSelectionRange(text.length, text.length);
      });
    },
    grow() {
      const input = this.$refs.input;
      input.style.height = "auto";
      input.style.height = input.scrollHeight + "px";
    },
    enter(event) {
      if (event.isComposing) return; // an input method is still choosing a character
      event.preventDefault();
      this.send();
    },
    send() {
      const text = this.draft.toWellFormed ? this.draft.toWellFormed() : this.draft;
      if (!text.trim() || this.tooLong) return;
      this.$emit("send", { text, forwarded_from: this.forwarding ? this.from.trim() : null });
      this.draft = "";
      this.stopForwarding();
      this.$refs.input.focus();
    },
    toggleForwarding() {
      if (this.forwarding) return this.stopForwarding();
      this.forwarding = true;
      this.$nextTick(() => this.$refs.from.focus());
    },
    stopForwarding() {
      this.forwarding = false;
      this.from = "";
    },
    press(button) {
      this.waiting = button.token;
      this.$emit("press", { token: button.token });
    },
    async attach(event) {
      const file = event.target.files[0];
      event.target.value = "";
      if (!file) return;
      const from = this.forwarding ? "&from=" + encodeURIComponent(this.from.trim()) : "";
      this.stopForwarding();
      const where = `document/${encodeURIComponent(this.person.handle)}?name=${encodeURIComponent(file.name)}${from}`;
      await fetch(where, { method: "POST", headers: { "X-Seintje": "1" }, body: file });
    },
    escape() {
      if (this.forwarding) {
        this.stopForwarding();
        this.$refs.input.focus();
      } else if (this.ideas) {
        this.ideas = false;
        this.$refs.input.focus();
      } else {
        this.leave();
      }
    },
    leave() {
      const handle = this.person.handle;
      this.$emit("close", {});
      requestAnimationFrame(() => document.querySelector(`.person[data-handle="${CSS.escape(handle)}"]`)?.focus());
    },
  },
  template: `
    <section class="chat" :data-handle="person.handle" :aria-label="named('chat_with')" @keydown.esc.stop="escape">
      <header class="chat-head">
        <button type="button" class="round back" :aria-label="words.back" @click="leave"><i class="icon left" aria-hidden="true"></i></button>
        <span class="avatar" :style="{ '--hue': person.hue }" :class="{ guest: person.guest }" aria-hidden="true">{{ person.initials }}</span>
        <div class="chat-who">
          <h2>{{ person.name }}</h2>
          <p :title="person.discipline"><template v-if="person.coordinator">{{ words.coordinator }} · </template>{{ person.guest ? words.guest : person.discipline }}</p>
          <p v-if="!person.guest" class="availability" :class="person.status" :title="person.availability">{{ person.availability }}</p>
        </div>
        <button type="button" class="round close" :aria-label="named('close')" :title="named('close')" @click="leave"><i class="icon cross" aria-hidden="true"></i></button>
      </header>
      <div class="log" ref="log" role="log" aria-live="polite" tabindex="0" :aria-label="named('chat_with')" @scroll.passive="scrolled">
        <button v-if="earlier" type="button" class="small earlier" @click="$emit('earlier', {})">{{ words.earlier }}</button>
        <p v-if="!bubbles.length" class="empty">{{ named('empty') }}</p>
        <template v-for="bubble in bubbles" :key="bubble.id">
          <p v-if="bubble.day" class="day"><span>{{ bubble.day }}</span></p>
          <article class="message" :class="[bubble.mine ? 'mine' : 'theirs', bubble.kind, { fresh: !old.has(bubble.id) }]" :data-id="bubble.id">
            <span class="visually-hidden">{{ bubble.mine ? person.first : 'Seintje' }}:</span>
            <div class="bubble">
              <p v-if="bubble.forwarded !== null" class="forwarded"><i class="icon forward" aria-hidden="true"></i>{{ forwarded(bubble) }}</p>
              <p class="text">{{ bubble.kind === 'media' ? words.media : shown(bubble) }}</p>
              <img v-if="bubble.picture" class="picture" :src="bubble.picture" :alt="bubble.alt">
              <a v-if="bubble.file" class="file" :href="bubble.file" :download="bubble.filename">{{ bubble.filename }}</a>
              <button v-if="isLong(bubble.text)" type="button" class="fold" :aria-expanded="String(unfolded.has(bubble.id))" @click="fold(bubble)">{{ unfolded.has(bubble.id) ? words.less : words.more }}</button>
              <p class="meta"><span v-if="bubble.edited">{{ words.edited }} · </span><time>{{ bubble.time }}</time></p>
            </div>
            <div v-if="bubble.buttons.length" class="buttons">
              <button v-for="button in bubble.buttons" :key="button.token" type="button" class="choice" :class="button.state"
                :disabled="button.state !== 'open' || waiting === button.token" @click="press(button)"><i v-if="button.state === 'pressed'" class="icon check" aria-hidden="true"></i>{{ button.label }}<span v-if="button.state === 'pressed'" class="visually-hidden"> ({{ words.pressed }})</span></button>
            </div>
          </article>
        </template>
        <p v-if="typing" class="typing"><span class="visually-hidden">{{ words.typing }}</span><i></i><i></i><i></i></p>
      </div>
      <button v-if="below" type="button" class="newest" :aria-label="words.newest" :title="words.newest" @click="toBottom"><i class="icon down" aria-hidden="true"></i></button>
      <form class="composer" @submit.prevent="send">
        <p v-if="notice || tooLong" class="notice" role="status">{{ tooLong ? words.too_long : notice }}</p>
        <div v-if="chips.length" class="chips" role="group" :aria-label="named('ideas_for')">
          <button v-for="text in chips" type="button" class="chip" :key="text" :title="text" @click="fill(text)">{{ text }}</button>
        </div>
        <div v-if="forwarding" class="forwarding">
          <i class="icon forward" aria-hidden="true"></i>
          <label><span>{{ words.from_whom }}</span><input ref="from" class="from" v-model="from" maxlength="80" autocomplete="off" :placeholder="words.from_whom_hint" @keydown.enter.prevent="$refs.input.focus()"></label>
          <button type="button" class="round" :aria-label="words.no_forward" :title="words.no_forward" @click="stopForwarding"><i class="icon cross" aria-hidden="true"></i></button>
        </div>
        <div class="write">
          <textarea ref="input" v-model="draft" rows="1" :placeholder="named('placeholder')" :aria-label="named('message')" @keydown.enter.exact="enter"></textarea>
          <button type="submit" class="send" :disabled="!draft.trim() || tooLong" :aria-label="words.send" :title="words.send"><i class="icon up" aria-hidden="true"></i></button>
        </div>
        <div class="extras">
          <button type="button" class="extra mark-forwarded" :aria-pressed="String(forwarding)" @click="toggleForwarding"><i class="icon forward" aria-hidden="true"></i>{{ words.as_forward }}</button>
          <button type="button" class="extra attach" :title="words.attach_hint" @click="$refs.file.click()"><i class="icon clip" aria-hidden="true"></i>{{ words.attach }}</button>
          <button type="button" class="extra ideas" :aria-pressed="String(ideas)" @click="ideas = !ideas"><i class="icon bulb" aria-hidden="true"></i>{{ words.ideas }}</button>
          <input ref="file" type="file" hidden accept=".pdf,.docx" @change="attach">
        </div>
      </form>
    </section>`,
};
