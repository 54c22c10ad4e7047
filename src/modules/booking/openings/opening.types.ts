/** Whether a coach has a free slot soon, and how long that answer holds. */
export interface Opening {
  /** A place within seven days that anybody could book, payment apart. */
  isOpen: boolean;
  /** The answer is the same at every instant before this one, unless the coach's hours, sessions or absences change. */
  knownUntil: Date;
}
