import Audio
import Corpus
import Foundation
import HTTPTypes
import Novelty
import Spectra
import Storage
import Synchronization
import Training

/// The clips that models learned from: what is said of each, and its sound, where that can be had.
struct LearnedClips: Sendable {
  private let samples: SampleFolders
  private let memory = Memory()

  init(samples: SampleFolders) { self.samples = samples }

  /// Where a clip's sound comes from.
  enum Source: Equatable {
    case file(URL)
    /// Rendered again by the generator of the training set.
    case recipe(CorpusOrigin.Place)
    /// A sentence says why it cannot be heard.
    case none(String)
  }

  struct Known: Equatable {
    let caption: String
    var file: String?
    let source: Source
  }

  /// The index of a model, with what its clips are; it is remembered as long as the file stays what it is.
  /// - Throws: `NoveltyError`.
  func index(of model: URL) throws(NoveltyError) -> NoveltyIndex { try memory.index(NoveltyIndex.url(inModel: model)) }

  /// What is known of a clip, by its number in the index of a model.
  func clip(_ number: Int, of model: URL, _ index: NoveltyIndex) -> Known {
    if !index.clips.isEmpty, !index.clips[number].file.isEmpty { return own(index.clips[number], index) }
    if let origin = memory.origin(of: model, index) {
      let place = origin.places[number]
      let canRender = CorpusGenerator.canRender(origin.origin.partsOfClips)
      return Known(
        caption: origin.origin.recipe(place).caption,
        source: canRender
          ? .recipe(place)
          : .none(
            "Its clips were rendered by `hiss corpus` and are not kept; `scripts/setup --corpus` installs what renders them again."
          ))
    }
    return Known(
      caption: "\(index.dataset), clip \(number + 1)",
      source: .none("The model was trained by a version of Hiss that did not keep which clip is which."))
  }

  /// A clip of a folder of samples: only what the index names is looked for, and only below the folder that it is of.
  private func own(_ clip: TrainingClip, _ index: NoveltyIndex) -> Known {
    let dataset = clip.dataset ?? index.dataset
    let caption = clip.caption.isEmpty ? clip.file : clip.caption
    guard let folder = try? samples.folder(dataset) else {
      let reason =
        "The folder \(dataset) is not among the studio's folders of samples; `hiss studio --samples` adds one."
      return Known(caption: caption, file: clip.file, source: .none(reason))
    }
    guard let file = Self.file(clip.file, below: folder) else {
      return Known(caption: caption, file: clip.file, source: .none("\(clip.file) is not in the folder any more."))
    }
    return Known(caption: caption, file: clip.file, source: .file(file))
  }

  /// A file of a folder; nil for what is none, or lies elsewhere when links are followed.
  static func file(_ path: String, below folder: URL) -> URL? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.count < 32, path.utf8.count < 4096,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
    else { return nil }
    let home = folder.resolvingSymlinksInPath().path + "/"
    let file = folder.appendingPathComponent(path).resolvingSymlinksInPath()
    var status = stat()
    guard file.path.hasPrefix(home), lstat(file.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return file
  }

  /// Seconds of a clip that are played.
  private static let longest = 60.0
  /// How far a clip that is rendered again may be from what the index has, as a share of the usual distance of clips.
  private static let same = 0.25

  /// A clip's sound, as bytes of a WAV file of 16 bits.
  /// - Throws: `Problem` where it cannot be had, `AudioFileError`, `CorpusError`, `NoveltyError`.
  func sound(_ number: Int, of model: URL) throws -> [UInt8] {
    let index = try index(of: model)
    guard (0..<index.clipCount).contains(number) else { throw Problem.notFound("clip") }
    let clip: AudioClip
    switch self.clip(number, of: model, index).source {
    case .none(let reason): throw Problem(.gone, reason)
    case .file(let file):
      let beginning = try AudioFile.beginning(of: file, seconds: Self.longest, sampleRate: 44_100)
      clip = try beginning.converted(sampleRate: 44_100, channelCount: min(2, beginning.clip.channelCount))
    case .recipe(let place):
      guard let origin = memory.origin(of: model, index) else { throw Problem.notFound("clip") }
      clip = try memory.render(origin.origin.recipe(place), of: origin.origin.partsOfClips)
      let heard = Resampler.resample(clip.mixed(channelCount: 1), to: index.mel.sampleRate)
      let print = SoundFingerprint(MelSpectrogram(index.mel).analyze(heard.samples), mel: index.mel)
      guard index.distance(from: print, toClip: number) < Self.same * index.medianHeldOutDistance else {
        throw Problem(.gone, "The generator composes another clip of this number by now; the one of then was not kept.")
      }
    }
    return try AudioFile.encode(clip, for: URL(fileURLWithPath: "clip.wav"), sampleFormat: .pcm16)
  }
}

extension LearnedClips {
  /// What is slow to read, as it was the last times.
  private final class Memory: Sendable {
    struct Origin: Sendable {
      let origin: CorpusOrigin
      /// Of the clips of the index, in their order.
      let places: [CorpusOrigin.Place]
    }

    private struct State {
      var indexes: [(key: String, index: NoveltyIndex)] = []
      var origins: [String: Origin?] = [:]
      var generators: [Set<CorpusPart>: CorpusGenerator] = [:]
    }
    private let state = Mutex(State())
    private static let most = 4

    func index(_ url: URL) throws(NoveltyError) -> NoveltyIndex {
      let key = Self.key(url)
      if let known = state.withLock({ state in state.indexes.first { $0.key == key }?.index }) { return known }
      let index = try NoveltyIndex(reading: url, withClips: true)
      state.withLock { state in
        state.indexes.append((key, index))
        if state.indexes.count > Self.most { state.indexes.removeFirst() }
      }
      return index
    }

    /// What rendered the training set of a model, where that is told beside it and fits the index.
    func origin(of model: URL, _ index: NoveltyIndex) -> Origin? {
      let key = Self.key(model.appendingPathComponent(CorpusOrigin.fileName)) + " \(index.clipCount)"
      if let known = state.withLock({ $0.origins[key] }) { return known }
      let found = Self.read(model, index)
      state.withLock { state in
        if state.origins.count > 20 { state.origins = [:] }
        state.origins[key] = .some(found)
      }
      return found
    }

    private static func read(_ model: URL, _ index: NoveltyIndex) -> Origin? {
      guard let origin = CorpusOrigin(inModel: model), origin.dataset == index.dataset else { return nil }
      let clips = origin.clips
      let learned = HeldOutSplit(names: clips.map(\.name), heldOutFraction: 0.05).training
      guard learned.count == index.clipCount else { return nil }
      return Origin(origin: origin, places: learned.map { clips[$0].place })
    }

    /// One at a time: each renderer holds a soundfont.
    func render(_ recipe: ClipRecipe, of parts: Set<CorpusPart>) throws -> AudioClip {
      let generator = try state.withLock { state in
        let generator = try state.generators[parts] ?? CorpusGenerator(seed: 0, parts: parts)
        state.generators[parts] = generator
        return generator
      }
      return try generator.render(recipe).audio
    }

    private static func key(_ url: URL) -> String {
      var status = stat()
      guard stat(url.path, &status) == 0 else { return url.path }
      return "\(url.path) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
  }
}
