import Foundation
import Parallelism
import Storage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Matrices of features kept on disk, found by key; what is missing is made once and added.
///
/// A cache is all the segments in `directory` whose names begin with `prefix`. Segments are only ever added, whole, or
/// removed, so that a process killed at any time loses at most the segment it was writing, and others that read the
/// same cache are not disturbed. A damaged segment is removed when the cache is opened, and its matrices made anew; one
/// that cannot be opened may be whole, and is an error.
struct FeatureCache {
  static let fileExtension = "features"
  /// A segment is finished when it reaches this size, so that a long preparation that is cut off keeps most of its work.
  static let segmentByteCount = 128 << 20

  private let directory: URL
  private let prefix: String
  private let width: Int
  private let threads: Int
  private var segments: [FeatureSegment] = []
  private var rows: [String: FeatureRows] = [:]

  /// Opens the cache and checks every byte of it.
  init(directory: URL, prefix: String, width: Int, threads: Int) throws(DatasetError) {
    self.directory = directory
    self.prefix = prefix
    self.width = width
    self.threads = threads
    let names: [String]
    do {
      try DurableFile.makeFolder(directory)
      names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    } catch {
      throw .cannotWriteCache(path: directory.path, reason: error.systemReason)
    }
    for name in names where name.hasPrefix("\(prefix)-") && name.hasSuffix(".\(Self.fileExtension)") {
      try load(directory.appendingPathComponent(name))
    }
    for name in names where name.hasSuffix(FeatureSegmentWriter.temporarySuffix) {
      FeatureSegmentWriter.removeIfAbandoned(directory.appendingPathComponent(name))
    }
  }

  /// The matrix stored under `key`.
  subscript(key: String) -> FeatureRows? { rows[key] }

  /// How many of some keys, each counted once, there is no matrix under.
  func missing(_ keys: [String]) -> Int { Set(keys.filter { rows[$0] == nil }).count }

  /// Makes what is missing of `keys`, on several threads, and adds it in the order of `keys`.
  /// - Parameters:
  ///   - make: gives the matrix for the key at an index of `keys`, or nil when there is none to be had.
  ///   - progress: is told after each batch how many more keys have been dealt with.
  mutating func add(
    _ keys: [String], make: @Sendable (Int) -> [Float16]?, progress: (Int) -> Void
  ) throws(DatasetError) {
    var seen: Set<String> = []
    let missing = keys.indices.filter { rows[keys[$0]] == nil && seen.insert(keys[$0]).inserted }
    var remaining = missing[...]
    while !remaining.isEmpty {
      var writer = try FeatureSegmentWriter(directory: directory, width: width)
      while !remaining.isEmpty, writer.byteCount < Self.segmentByteCount {
        let batch = Array(remaining.prefix(32))
        remaining = remaining.dropFirst(batch.count)
        let made = Parallel.map(batch.count, threads: threads) { make(batch[$0]) }
        for (index, values) in zip(batch, made) {
          guard let values else { continue }
          try values.withUnsafeBufferPointer { values throws(DatasetError) in
            try writer.append(values, key: keys[index])
          }
        }
        progress(batch.count)
      }
      if writer.byteCount > 0 { try finish(writer) }
    }
  }

  /// Rewrites the cache without what is not in `keys`, when that is more than half of it.
  mutating func dropUnused(_ keys: some Sequence<String>) throws(DatasetError) {
    let used = Set(keys)
    let stored = segments.lazy.flatMap(\.entries).reduce(0) { $0 + $1.rows }
    let live = rows.filter { used.contains($0.key) }
    guard live.values.reduce(0, { $0 + $1.rowCount }) * 2 < stored else { return }
    let old = segments
    segments = []
    rows = [:]
    var remaining = live.sorted { $0.key < $1.key }[...]
    while !remaining.isEmpty {
      var writer = try FeatureSegmentWriter(directory: directory, width: width)
      while writer.byteCount < Self.segmentByteCount, let (key, matrix) = remaining.popFirst() {
        try writer.append(matrix.stored, key: key)
      }
      try finish(writer)
    }
    let kept = Set(segments.map(\.url.path))
    for segment in old where !kept.contains(segment.url.path) { unlink(segment.url.path) }
  }

  private mutating func finish(_ writer: consuming FeatureSegmentWriter) throws(DatasetError) {
    let url = try writer.finish(in: directory, prefix: prefix)
    do throws(FeatureSegmentFault) {
      adopt(try FeatureSegment(url, width: width))
    } catch .cannotOpen(let code) {
      throw .cannotReadCache(path: url.path, reason: String(cString: strerror(code)))
    } catch {
      throw .cannotWriteCache(path: url.path, reason: "it cannot be read back")
    }
  }

  private mutating func load(_ url: URL) throws(DatasetError) {
    do throws(FeatureSegmentFault) {
      let segment = try FeatureSegment(url, width: width)
      guard segment.isIntact(threads: threads) else { throw .damaged }
      adopt(segment)
    } catch .cannotOpen(let code) {
      throw .cannotReadCache(path: url.path, reason: String(cString: strerror(code)))
    } catch .damaged {
      unlink(url.path)
    } catch {}
  }

  private mutating func adopt(_ segment: FeatureSegment) {
    segments.append(segment)
    for entry in segment.entries { rows[entry.key] = segment.rows(of: entry) }
  }
}
