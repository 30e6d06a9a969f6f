import Audio
import Foundation
import Novelty
import Rendering
import Spectra
import Synthesis

/// Makes the clips of one prompt: as many at once as there are threads, so that each is on the disk soon after it is made. Those
/// are written that are new, or that nobody watches.
struct SetMaker {
  let synthesizer: Synthesizer
  let watch: NoveltyWatch
  let output: OutputOptions
  let threads: Int

  /// - Parameter add: is told of each clip that is written, and its file.
  func make(
    _ clips: [ClipTags], in files: inout OutputFiles, add: (NoveltyGuard.Outcome, URL) -> Void
  ) throws {
    let mel = output.picture ? MelSpectrogram(synthesizer.model.configuration.mel) : nil
    try ClipTurns(clips.map(\.request), threads: threads).run { range, make in
      let outcomes = try watch.generate(clips[range].map(\.request), reject: { Console.note("\($0)") }) { requests in
        try make { try synthesizer.generate(requests, progress: $0) }
      }
      for (index, outcome) in zip(range, outcomes) where outcome.isNovel {
        if outcome.request != clips[index].request {
          var clip = clips[index]
          clip.request = outcome.request
          files.replace(index, with: clip)
        }
        try write(outcome.clip, at: index, of: &files, picture: mel)
        add(outcome, files.urls[index])
      }
    }
  }

  /// Writes a clip, and says where it is.
  private func write(
    _ clip: AudioClip, at index: Int, of files: inout OutputFiles, picture mel: MelSpectrogram?
  ) throws {
    try files.write(clip, at: index, picture: mel)
    if !output.json { Console.result(path: files.urls[index].path) }
    if clip.isAllButSilent {
      Console.note("warning: \(files.urls[index].path) is all but silent: try another seed")
    }
  }
}
