/// Songs: sections with chords, melody and rhythm of their own, the same where a name comes again.
extension IdeaComposer {
  /// The song of a seed. The section that it begins with is the idea of the seed; the others are played by the same band in
  /// the same key, more or less busily as their names have it. Each leads to the next with a fill of the drums.
  public func compose(seed: UInt64, form: SongForm) -> Idea {
    SongComposer(composer: self, form: form, seed: seed).compose()
  }
}
