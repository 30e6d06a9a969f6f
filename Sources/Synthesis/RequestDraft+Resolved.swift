public import Music

extension RequestDraft {
  /// What a draft comes to.
  public struct Resolved: Sendable {
    /// The first clip; the others differ in their seeds.
    public var request: GenerationRequest
    /// What was read in the prompt; nil where it was not looked at, or says nothing.
    public var heard: PromptMusic?
    /// What was read in the words; nil where they were not looked at.
    public var reading: PromptReading?
    /// What was read in the negative prompt's words; nil where they were not looked at.
    public var negativeReading: PromptReading?
    /// What of the prompt's music counts, "120 bpm" or "A minor".
    public var understood: [String]
    /// What should be known of how the clip departs from what is asked for, or from its files.
    public var notes: [RequestLine]
    private let count: Int

    init(request: GenerationRequest, hearing: Hearing, notes: [RequestLine], count: Int) {
      (self.request, self.notes, self.count) = (request, notes, count)
      heard = hearing.music.flatMap { $0.isEmpty ? nil : $0 }
      (reading, negativeReading, understood) = (hearing.reading, hearing.negativeReading, hearing.understood)
    }

    /// What should be said of how the words were read: their English, and what is left out.
    public var readingLines: [RequestLine] {
      (reading?.lines ?? []) + (negativeReading?.linesOfNegativePrompt ?? [])
    }

    /// One request for each clip.
    /// - Parameter first: the first clip's seed.
    public func requests(seed first: UInt64) -> [GenerationRequest] {
      (0..<UInt64(count)).map { index in
        var request = request
        request.seed = first &+ index
        return request
      }
    }
  }
}
