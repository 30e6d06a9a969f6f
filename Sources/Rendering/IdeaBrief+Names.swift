package import Corpus
import Music
package import Synthesis

extension IdeaBrief {
  /// A brief whose key and metre are given by their names.
  /// - Throws: `ControlError.key` or `timeSignature` for names that are not understood, `RequestError` for what no idea has.
  package init(request text: String, bpm: Double?, key: String?, timeSignature: String?, bars: Int?) throws {
    let read = try key.map { name in
      guard let key = Key(name: name) else { throw ControlError.key(name) }
      return key
    }
    let signature = try timeSignature.map { name in
      guard let signature = TimeSignature(name: name) else { throw ControlError.timeSignature(name) }
      return signature
    }
    self.init(text, tempo: bpm, key: read, timeSignature: signature, bars: bars)
    if let problem { throw RequestError.impossible(reason: problem) }
  }
}
