// The list on the left: everybody you can play. Arrow keys move, Enter opens.
export default {
  props: { people: Array, words: Object, open: Array },
  emits: ["open"],
  data: () => ({ current: 0 }),
  methods: {
    move(event) {
      const last = this.people.length - 1;
      const to = { ArrowDown: this.current + 1, ArrowUp: this.current - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.current = Math.min(Math.max(to, 0), last);
      this.$el.querySelectorAll(".person")[this.current].focus();
    },
    unread(person) {
      return person.unread === 1 ? this.words.unread_one : this.words.unread_many.replace("{n}", person.unread);
    },
  },
  template: `
    <nav class="people" :aria-label="words.members">
      <p class="people-lead">{{ words.lead }}</p>
      <ul @keydown="move">
        <li v-for="(person, index) in people" :key="person.handle">
          <button type="button" class="person" :data-handle="person.handle" :tabindex="index === current ? 0 : -1"
            :class="{ open: open.includes(person.handle), unread: person.unread }"
            :aria-current="open.includes(person.handle) ? 'true' : null"
            @focus="current = index" @click="$emit('open', { handle: person.handle })">
            <span class="avatar" :style="{ '--hue': person.hue }" :class="{ guest: person.guest }" :data-status="person.guest ? null : person.status" aria-hidden="true">{{ person.initials }}</span>
            <span class="person-who">
              <span class="person-name">{{ person.name }}</span>
              <span class="person-what"><b v-if="person.coordinator">{{ words.coordinator }} · </b>{{ person.guest ? words.guest : person.discipline }}<span v-if="!person.guest" class="visually-hidden">, {{ person.availability }}</span></span>
              <span v-if="person.last" class="person-last">{{ person.last }}</span>
            </span>
            <span class="person-when">
              <time>{{ person.time }}</time>
              <span v-if="person.unread" class="badge" role="img" :aria-label="unread(person)">{{ person.unread }}</span>
            </span>
          </button>
        </li>
      </ul>
    </nav>`,
};
