// What this is, and a story of three steps to try it with.
export default {
  props: { words: Object, steps: Array, done: Array },
  emits: ["act", "guide"],
  methods: {
    act(step) {
      this.$emit("act", { step });
      if (innerWidth <= 1180) this.$emit("guide", { show: false }); // here it lies over the chats it opens
    },
  },
  template: `
    <aside class="guide" :aria-label="words.guide" @keydown.esc="$emit('guide', { show: false })">
      <button type="button" class="round guide-close" :aria-label="words.guide_close" :title="words.guide_close" @click="$emit('guide', { show: false })">
        <i class="icon cross" aria-hidden="true"></i>
      </button>
      <p class="guide-about">{{ words.about }}</p>
      <h2>{{ words.steps_title }}</h2>
      <ol>
        <li v-for="(step, index) in steps" :key="index" :class="{ done: done[index] }">
          <h3>{{ step.title }}</h3>
          <p>{{ step.text }}</p>
          <button type="button" class="small" @click="act(index)">{{ step.button }}</button>
        </li>
      </ol>
      <p class="guide-after">{{ words.more_ideas }}</p>
    </aside>`,
};
