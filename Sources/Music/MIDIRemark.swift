/// Something in a MIDI file that is not as the standard has it, and how it was read all the same.
public struct MIDIRemark: Hashable, Sendable, CustomStringConvertible {
  enum Kind: Hashable, Sendable {
    case runningStatus, dataByte, noSuchKey, systemMessage, tempo, timeSignature, longQuantity
    case preamble
    case trackLength(track: Int)
    case damaged(track: Int, MIDIError)
    case cut(track: Int)
    case trackCount(claimed: Int, found: Int)
    case singleWithTracks(Int)
    case sequences(Int)
    case leftOut
  }

  let kind: Kind
  /// The first byte that is meant, and how often there is the like.
  let offset: Int
  fileprivate(set) var count = 1

  public var description: String {
    switch kind {
    case .runningStatus: "running status goes on behind a meta or system exclusive event\(place)"
    case .dataByte: "\(times("a data byte", "data bytes")) above 127 \(count == 1 ? "counts" : "count") as 127\(place)"
    case .noSuchKey: "\(times("a note", "notes")) of a key above 127 left out\(place)"
    case .systemMessage:
      "\(times("a system message", "system messages")), which no file should hold, passed over\(place)"
    case .tempo:
      "\(times("a tempo event", "tempo events")) that \(count == 1 ? "says" : "say") no tempo passed over\(place)"
    case .timeSignature: "\(times("a time signature", "time signatures")) that can be none passed over\(place)"
    case .longQuantity: "\(times("a number", "numbers")) of more than four bytes\(place)"
    case .preamble: "\(offset) bytes before the MIDI data passed over"
    case .trackLength(let track): "the length of track \(track) is wrong; it is read to its end event"
    case .damaged(let track, let error): "track \(track) is damaged (\(error.reason)); what stands before that is used"
    case .cut(let track): "cut short within track \(track), at byte \(offset); what is there is used"
    case .trackCount(let claimed, let found): "\(found) tracks, and its header counts \(claimed)"
    case .singleWithTracks(let count): "format 0 with \(count) tracks, read as format 1"
    case .sequences(let count): "format 2: its \(count) sequences are played one after the other"
    case .leftOut: "bytes from \(offset) on that are no track passed over"
    }
  }

  private var place: String { count == 1 ? " (byte \(offset))" : " (the first at byte \(offset))" }

  private func times(_ one: String, _ many: String) -> String { count == 1 ? one : "\(count) \(many)" }
}

/// Gathers remarks, of a kind one.
struct MIDIRemarks {
  private(set) var all: [MIDIRemark] = []

  mutating func add(_ kind: MIDIRemark.Kind, at offset: Int) {
    if let index = all.firstIndex(where: { $0.kind == kind }) {
      all[index].count += 1
    } else if all.count < Self.most {
      all.append(MIDIRemark(kind: kind, offset: offset))
    }
  }

  mutating func add(_ others: MIDIRemarks) {
    for remark in others.all {
      if let index = all.firstIndex(where: { $0.kind == remark.kind }) {
        all[index].count += remark.count
      } else if all.count < Self.most {
        all.append(remark)
      }
    }
  }

  /// A file of thousands of damaged tracks is told by the first of them.
  private static let most = 12
}
