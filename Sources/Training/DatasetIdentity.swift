import Storage

/// What tells a data set from others: the sounds, names and captions of its clips, and which of them are held out.
///
/// The folder may move or be copied; the files may be written again with the same sound.
public struct DatasetIdentity: Codable, Sendable, Equatable {
  /// The folder's name; not compared.
  public var name: String
  public var clipCount: Int
  /// 16 hexadecimal digits.
  public var hash: String

  public init(name: String, clipCount: Int, hash: String) {
    (self.name, self.clipCount, self.hash) = (name, clipCount, hash)
  }

  public static func == (one: DatasetIdentity, other: DatasetIdentity) -> Bool { one.hash == other.hash }
}

extension Dataset {
  /// - Parameter name: the folder's.
  public func identity(name: String) -> DatasetIdentity {
    let heldOut = Set(heldOutIndices)
    let lines = clips.indices.map { clip in
      let captions = clips[clip].captions.joined(separator: "\u{1F}")
      return "\(clips[clip].name)\u{1F}\(framesHash(clip))\u{1F}\(heldOut.contains(clip))\u{1F}\(captions)"
    }
    let hash = StableHash.hexadecimal(StableHash.of(lines.joined(separator: "\u{1E}")))
    return DatasetIdentity(name: name, clipCount: clips.count, hash: hash)
  }
}
