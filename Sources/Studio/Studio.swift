package import Foundation
package import Library
import NIOCore
import Storage
import Synthesis

/// All that the studio is, but for the server: a library, models that are loaded, those who work, and what pages may call.
package final class Studio: Sendable {
  package let library: ClipLibrary
  package let hub = EventHub()
  package let troubles: Troubles
  let workshop: Workshop
  let pictures = ClipPictures()
  let uploads: UploadStore
  let samples: SampleFolders
  let runner: JobRunner
  let training: TrainingRunner
  let models: TrainedModels
  let learned: LearnedClips
  let taste: LibraryTaste
  let watch: LibraryWatch

  /// How a studio is set up.
  package struct Setup: Sendable {
    package var library: URL
    /// A model's name or folder.
    package var model = ModelLibrary.defaultName
    /// The text encoder's folder; nil for where it is installed.
    package var encoder: URL?
    package var threads: Int
    /// Folders of samples beside those of the library.
    package var samples: [URL] = []
    /// Where trained models go.
    package var models: URL
    /// What learns: this very program, unless a test says another.
    package var program = ProgramFile.url
    /// More options of a `hiss train` that begins.
    package var trainingOptions: [String] = []

    package init(library: URL, models: URL, threads: Int) {
      (self.library, self.models, self.threads) = (library, models, threads)
    }
  }

  /// Opens the library, and begins to work.
  /// - Parameter report: is told, in a line, of what is wrong and ends nothing.
  /// - Throws: `LibraryError`, `StorageError`.
  package init(_ setup: Setup, report: @escaping @Sendable (String) -> Void) throws {
    let library = try ClipLibrary(at: setup.library)
    let home = library.folder.url.appendingPathComponent("Samples")
    try DurableFile.makeFolder(home)
    let uploads = UploadStore(folder: library.folder.uploads)
    let workshop = Workshop(model: setup.model, encoder: setup.encoder, threads: setup.threads, warn: report)
    let samples = SampleFolders(home: home, others: setup.samples)
    let planner = JobPlanner(
      workshop: workshop, file: { id in try uploads.file(id) ?? library.file(of: id) },
      uploadName: { uploads.upload($0)?.name }, tempo: { id in (try? library.clip(id))?.bpm },
      libraryFolder: library.folder.url)
    let troubles = Troubles(hub, report: report)
    self.troubles = troubles
    // Those who work tell the watch, and the watch tells them.
    let bell = Bell()
    runner = JobRunner(library, planner, troubles, tell: { bell.ring() }, report: report)
    let models = TrainedModels(
      folder: setup.models, evaluations: library.folder.url.appendingPathComponent(".hiss/evaluations"))
    let school = TrainingRunner.School(
      program: setup.program, models: models, encoder: setup.encoder, threads: setup.threads,
      trainingOptions: setup.trainingOptions)
    training = TrainingRunner(library, samples, school, tell: { bell.ring() })
    learned = LearnedClips(samples: samples)
    taste = LibraryTaste(library)
    self.models = models
    watch = LibraryWatch(library, hub, troubles) { [runner, training] in
      runner.wake()
      training.wake()
    }
    bell.watch = watch
    (self.library, self.workshop, self.uploads, self.samples) = (library, workshop, uploads, samples)
    self.planner = planner
  }

  let planner: JobPlanner

  /// Begins to work: loads the model, takes up what was left.
  package func start(report: @escaping @Sendable (String) -> Void) throws {
    try watch.start()
    runner.start()
    training.start()
    Thread.detachNewThread { [workshop] in
      do { try workshop.warmUp() } catch { report("studio: \(ErrorPhrasing.line(error))") }
    }
  }

  /// Ends; what is not made yet is made the next time.
  package func stop() {
    hub.close()
    runner.stop()
    training.stop()
    watch.stop()
  }

  /// Everything that pages may call.
  package var endpoints: [Endpoint] {
    let all =
      EventRoutes.endpoints(hub) + StatusRoutes(studio: self).endpoints + ReadingRoutes(studio: self).endpoints
      + JobRoutes(studio: self).endpoints + ClipRoutes(studio: self).endpoints + SoundRoutes(studio: self).endpoints
      + PickRoutes(studio: self).endpoints + LibraryRoutes(studio: self).endpoints
      + UploadRoutes(studio: self).endpoints + FolderRoutes(studio: self).endpoints
      + NearestRoutes(studio: self).endpoints + LearningRoutes(studio: self).endpoints
    let home = library.folder.url
    return all.map { endpoint in
      Endpoint(endpoint.method, endpoint.path, query: endpoint.query) { [troubles, runner] call in
        do { return try await endpoint.answer(call) } catch {
          // Whoever works finds out when it is over.
          if troubles.tell(error) { runner.wake() }
          throw ErrorPhrasing.problem(error, in: home) ?? error
        }
      }
    }
  }

  /// Says who has to look, once it is known.
  private final class Bell: @unchecked Sendable {
    // Sendable: behind the lock.
    private let lock = NSLock()
    private weak var stored: LibraryWatch?
    var watch: LibraryWatch? {
      get { lock.withLock { stored } }
      set { lock.withLock { stored = newValue } }
    }
    func ring() { watch?.look() }
  }
}
