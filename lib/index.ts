/** The public API of `fusion`, a line a module. */
export { interruptSignal } from "./engine/interrupt";
export { type Profile, type Workspace, workspace } from "./workspace";
export { checkStep } from "./engine/check-step";
export { describeEngine, type EngineIdentity } from "./engine/identity";
export { type CompiledStep, jit, type Step } from "./engine/jit";
export { keyedNormal, keyedUniform } from "./engine/keyed-random";
export { engineIdentity, type EngineOptions, startEngine } from "./engine/start";
export * from "./data/recording";
export * from "./data/windows";
export * from "./data/fold";
export { type Run, runsOf, segmentsOf } from "./data/runs";
export { resample } from "./data/resample";
export { type Fill } from "./data/fill";
export { type CutOptions, cutWindows } from "./data/cut-windows";
export { gather, type Gathered, type GatherOptions } from "./data/gather";
export { type Batch, gatherBatch, type Plain, targetWidth } from "./data/gather-batch";
export { type ChannelScale, fitScaler, type Scaler } from "./data/scaler";
export { type FoldOptions, makeFold } from "./data/make-fold";
export { type RandomOptions, randomSizes, randomWindows } from "./data/random-windows";
export { type BlockedOptions, blockedInTime } from "./data/blocked-in-time";
export { type SegmentOptions, unsplittableClasses, wholeSegments } from "./data/whole-segments";
export { leaveOneSubjectOut, type SubjectOptions, subjectsOf } from "./data/leave-one-subject-out";
export { type FixedOptions, fixedSubjects } from "./data/fixed-subjects";
export { type GroupOptions, subjectGroups } from "./data/subject-groups";
export { type OptimismOptions, optimismFolds } from "./data/optimism-folds";
export { type LeakAudit, leakAudit, type PartAudit, refuseLeak, type Shared } from "./data/leak-audit";
export { type PublishedOptions, type PublishedWindows, publishedWindows } from "./data/published-windows";
export { type WindowsLost, windowsLost } from "./data/windows-lost";
export { type SensorErrorRow, twoThermometersFigure } from "./figures/two-thermometers";
export { saveFigure } from "./figures/save";
export { type Random, randomFor, seedFor } from "./random";
export { accuracy, argmax, type Confusion, confusionMatrix, pooled } from "./metrics/confusion";
export { type ClassRule, type ClassScore, classScores, macroF1 } from "./metrics/macro-f1";
export {
  majorityRate,
  type Scores,
  scoresBySubject,
  scoresOf,
  type SubjectScores,
} from "./metrics/by-subject";
export { bootstrapInterval, type Interval, quantile, studentInterval } from "./metrics/interval";
export { meanEntropy, normalisedEntropy } from "./metrics/attention-entropy";
export {
  windowsByClass,
  crossModalMatrix,
  attentionProfile,
  meanAttentionMap,
  type ModalityShare,
} from "./metrics/attention-summary";
export { validPairs, readEvenly, type WindowAttention, windowAttentions } from "./metrics/window-attention";
export { type DataSet } from "./data/data-set";
export { type DataSetName, dataSets, missingFiles } from "./data/registry";
export { findPamap2Files, type Pamap2Options, readPamap2 } from "./data/pamap2";
export { type Pamap2Rows, readPamap2Rows } from "./data/pamap2-rows";
export { activities as pamap2Activities, pamap2Columns, type SensorGroup } from "./data/pamap2-columns";
export { checkProtocolCounts, protocolRowsByActivity, protocolRowsBySubject } from "./data/pamap2-counts";
export {
  missingByColumn,
  type MissingInColumn,
  type Missingness,
  missingness,
  type RowsPerClass,
  rowsPerClass,
  type SamplingRate,
  samplingRates,
} from "./data/describe";
export { drawFigure, type Drawn } from "./figures/draw";
export { colours, palette, theme } from "./figures/theme";
export { readUtdMhad, type UtdMhadOptions } from "./data/utd-mhad";
export { joints as utdMhadJoints, utdActions, utdBody } from "./data/utd-mhad-layout";
export { readSpSwHar, type SpSwHarOptions } from "./data/sp-sw-har";
export { spreadBursts } from "./data/spread-bursts";
export { inOwnTime } from "./data/own-time";
export { type Body, centredSkeleton, withCentredSkeleton } from "./data/centred-skeleton";
export { pamap2Simulated, type SimulatedPamap2Options } from "./data/pamap2-simulated";
export { simulatePamap2, type SimulationOptions } from "./data/simulate-pamap2";
export {
  coincidence,
  type Coincidence,
  type CoincidenceOptions,
  type CoincidenceTruth,
  simulateCoincidence,
} from "./data/simulate-coincidence";
export {
  indistinguishable,
  separability,
  simulatedActivities,
  separabilityOf,
  synergies,
} from "./data/simulate-pamap2-separability";
export {
  fitLogisticRegression,
  type LogisticRegression,
  logisticProbabilities,
} from "./train/logistic-regression";
export { channelSpread, type SpreadRow } from "./data/channel-spread";
export { type ExcerptRow, signalExcerpt } from "./data/signal-excerpt";
export { type AuditRow, auditRows, type SplitRow, splitRows } from "./data/split-rows";
export { type Description, describeRecordings, missingBySensor } from "./experiments/description";
export { type ExperimentName, experiments } from "./experiments/experiment";
export { FailedRuns } from "./experiments/failed-runs";
export { type GridOptions, runExperiment } from "./experiments/grid";
export { type KeptLogits, readLogits } from "./experiments/logits-file";
export { presets } from "./experiments/preset";
export { type Result } from "./experiments/result";
export { type FusionWeight, fusionWeightRows } from "./experiments/fusion-weight-rows";
export { type InferenceCost, type InferenceRow, readInferenceCost } from "./experiments/inference-cost";
export { type Costs, type MethodRow, methodRows } from "./experiments/method-rows";
export { comparedResults } from "./experiments/compared-results";
export { type SeedMeans, seedMeans } from "./experiments/seed-means";
export {
  type Arm,
  compare,
  type CompareOptions,
  type Comparison,
  type Verdict,
  verdictOf,
} from "./experiments/compare";
export {
  type DegradationRow,
  degradationRows,
  type SetRow,
  setRows,
  type WorstLoss,
  worstLosses,
} from "./experiments/degradation";
export { importanceMeasures, sensorImportance, type SensorImportance } from "./experiments/sensor-importance";
export { type FaultRow, faultRows, meanOfSensors } from "./experiments/fault-rows";
export { type AgreementRow, agreementRows } from "./experiments/agreement-rows";
export { type DegradationPoint, degradationFigure, type WorstLossPoint } from "./figures/degradation";
export { degradationPanelsFigure } from "./figures/degradation-panels";
export { type SubsetCell, subsetTableFigure } from "./figures/subset-table";
export { robustnessFigure, type RobustnessPoint } from "./figures/robustness";
export { importanceFigure, type ImportancePoint } from "./figures/importance";
export { type WeightAndWorth, weightAndWorthFigure } from "./figures/weight-and-worth";
export { rankAgreementFigure, type RankAgreementPoint } from "./figures/rank-agreement";
export { type LoneSensorRow, loneSensorRows } from "./experiments/lone-sensors";
export { type OthersNumber, othersNumbers } from "./experiments/others-numbers";
export { type SubsetRow, subsetRows } from "./experiments/subset-rows";
export {
  alone,
  type Importance,
  leaveOneOut,
  publishedImportance as importanceAsPublished,
  type PublishedImportance,
  type SetValue,
  shapley,
} from "./metrics/importance";
export { kendall, spearman } from "./metrics/rank-agreement";
export { type Fault, type FaultKind, faultKinds, faultSurvey } from "./data/fault";
export { withFault } from "./data/with-fault";
export { signFlipTest } from "./metrics/sign-flip";
export { holm } from "./metrics/holm";
export { calibrationError, reliability } from "./metrics/calibration-error";
export { softmax } from "./metrics/softmax";
export { scoresWithout, type ScoreWithout } from "./experiments/without";
export { subsetName, subsetsOf } from "./metrics/subsets";
export { readResults } from "./experiments/store";
export {
  type MeanInterval,
  type MeanScore,
  meansOverSubjects,
  overSubjects,
  type PairedDifference,
  pairedDifference,
  type Score,
  confusionRows,
  curveRows,
  type SubjectScore,
  subjectScores,
} from "./experiments/summary";
export { markdownTable, showMarkdown } from "./figures/show";
export { type AttentionByClassRow, attentionByClassFigure } from "./figures/attention-by-class";
export { type AttentionMapRow, attentionMapFigure } from "./figures/attention-map";
export {
  attentionOverSignalFigure,
  type SignalPoint,
  type TimeStretch,
  type TokenWeight,
} from "./figures/attention-over-signal";
export { type ChannelQuantilesRow, channelQuantilesFigure } from "./figures/channel-quantiles";
export { type ConfusionRow, confusionMatrixFigure } from "./figures/confusion-matrix";
export { type CostAndScoreRow, costAndScoreFigure } from "./figures/cost-and-score";
export { type CrossModalRow, crossModalMatrixFigure } from "./figures/cross-modal-matrix";
export { dataFlowFigure, type Flow, type FlowBox } from "./figures/data-flow";
export { fusionFlows } from "./figures/fusion-flows";
export { type EncoderCostRow, encoderCostFigure } from "./figures/encoder-cost";
export { type FusionWeightRow, fusionWeightsByClassFigure } from "./figures/fusion-weights-by-class";
export { type LeakAuditRow, leakAuditFigure } from "./figures/leak-audit";
export { type MethodScoreRow, methodScoresFigure } from "./figures/method-scores";
export { type MissingnessRow, missingnessFigure } from "./figures/missingness";
export { type MissingOverTimeRow, missingOverTimeFigure } from "./figures/missing-over-time";
export { type OneKeyRow, oneKeyFigure } from "./figures/one-key";
export { type PairedDifferenceRow, pairedDifferencesFigure } from "./figures/paired-differences";
export { type LeakagePriceRow, type MeanRow, priceOfLeakageFigure } from "./figures/price-of-leakage";
export { type ReceptiveFieldRow, receptiveFieldFigure } from "./figures/receptive-field";
export { type SamplingIntervalRow, samplingIntervalsFigure } from "./figures/sampling-intervals";
export { type SegmentRow, segmentTimelineFigure } from "./figures/segment-timeline";
export { type SeparabilityRow, separabilityFigure } from "./figures/separability";
export { type SignalRow, signalsFigure } from "./figures/signals";
export { type SplitPictureRow, splitPictureFigure } from "./figures/split-picture";
export { type ModelMeanRow, type SubjectScoreRow, subjectScoresFigure } from "./figures/subject-scores";
export { type SubjectActivityRow, subjectsByActivityFigure } from "./figures/subjects-by-activity";
export { type TokenPictureRow, tokenPictureFigure } from "./figures/token-picture";
export { type TrainingCurveRow, trainingCurvesFigure } from "./figures/training-curves";
export { type WindowsLostRow, windowsLostFigure } from "./figures/windows-lost";
export {
  type SamplingInterval,
  type SamplingIntervalOptions,
  samplingIntervals,
} from "./data/sampling-intervals";
export {
  coincidenceOf,
  keptBenchmark,
  keptDescription,
  keptIfMade,
  keptResults,
  simulatedFolder,
  simulatedRecordings,
  type Trained,
  trainedModel,
  trainHere,
} from "./notebook";
export { selectModalities } from "./data/select-modalities";
export { type Attended, attend, type AttendOptions } from "./attention/attend";
export { causalMask } from "./attention/causal-mask";
export { pairMask } from "./attention/pair-mask";
export { presenceMask } from "./attention/presence-mask";
export { validityMask } from "./attention/validity-mask";
export { crossModalAttention, type SymbolicAttended, type Tokens } from "./attention/cross-modal-attention";
export { temporalAttention } from "./attention/temporal-attention";
export { pairwiseAttention } from "./attention/pairwise-attention";
export { maskedSoftmax } from "./attention/masked-softmax";
export { MultiHeadAttention, type MultiHeadAttentionConfig } from "./attention/multi-head-attention";
export { type EncoderName, encoders } from "./encoders/registry";
export { type VectorEncoderName, vectorEncoders } from "./encoders/vector-registry";
export { buildEncoder, encoderNameFor } from "./encoders/build-encoder";
export { frameEncoder, type FrameOptions } from "./encoders/frame";
export { mlpEncoder, type MlpOptions } from "./encoders/mlp";
export { tabularTokeniser, type TabularOptions } from "./encoders/tabular-tokeniser";
export { transformerEncoder, type TransformerOptions } from "./encoders/transformer";
export {
  transformerBlock,
  type TransformerBlockOptions,
  type TransformedTokens,
} from "./encoders/transformer-block";
export { convConvolutions } from "./encoders/conv";
export { type Convolution, receptiveField, stepsSeen } from "./encoders/receptive-field";
export { tcnConvolutions, tcnEncoder, type TcnOptions } from "./encoders/tcn";
export { earlyFusion, type EarlyFusionOptions } from "./fusion/early";
export { attentionOf } from "./fusion/attention-of";
export { describeScales, type ScalesOfModality } from "./fusion/channel-scale";
export { gatedFusion } from "./fusion/gated";
export { crossAttentionFusion, type CrossAttentionOptions } from "./fusion/cross-attention";
export { adaptiveFusion, adaptiveWeights } from "./fusion/adaptive";
export { bottleneckFusion, type BottleneckOptions } from "./fusion/bottleneck";
export { fusionWeightsOf, hasFusionWeights } from "./fusion/fusion-weights-of";
export { hybridFusion, type HybridOptions } from "./fusion/hybrid";
export { lateLearnedFusion } from "./fusion/late-learned";
export { lateMeanFusion } from "./fusion/late-mean";
export { productOfExpertsFusion } from "./fusion/product-of-experts";
export { uncertaintyFusion } from "./fusion/uncertainty";
export {
  type DropoutWeightOptions,
  uncertaintyDropoutFusion,
  weighByDropout,
} from "./fusion/uncertainty-dropout";
export { type FitRequest, fit, type Fitted } from "./train/fit";
export { type TrainingOptions } from "./train/options";
export { type Predictor, predictor } from "./train/predict";
export { answerUnheard, logFrequencies } from "./train/answer-unheard";
export { loadModel, saveModel } from "./train/save-model";
export { type Benchmark, type BenchmarkRow } from "./experiments/benchmark";
export { stepInfluenceFigure, type StepInfluenceRow } from "./figures/step-influence";
export { readAttention, type ReadAttention, summariseAttention } from "./experiments/attention";
export { CrossModalPublished } from "./attention/cross-modal-published";
export { TemporalPublished } from "./attention/temporal-published";
export { sinusoid } from "./encoders/positions";
export { gru, type GruConfig } from "./encoders/gru-layer";
export { lstm, type LstmConfig } from "./encoders/lstm-layer";
export { gruEncoder, lstmEncoder, type RecurrentOptions } from "./encoders/recurrent";
export { gruPublished, lstmPublished, type RecurrentPublishedOptions } from "./encoders/recurrent-published";
export { lastValid, putBack, reverseValid, validFirst } from "./encoders/valid-first";
export { gruLastState, type GruOutputs, gruSequence } from "./engine/gru-sequence";
export { lstmLastState, type LstmOutputs, lstmSequence } from "./engine/lstm-sequence";
export {
  publishedAccuracies,
  publishedConstants,
  type PublishedFusion,
  publishedImportance as reportedImportance,
  type PublishedMean,
  publishedMeans,
  type PublishedRow,
  type PublishedSensor,
  publishedSensors,
  publishedTable,
  publishedWindowCount,
} from "./experiments/published-table";
export { earlyPublished } from "./fusion/early-published";
export { latePublished, publishedVotesOf } from "./fusion/late-published";
export {
  hybridPublished,
  hybridPublishedHead,
  type HybridPublishedOptions,
  hybridPublishedWeightsOf,
  type HybridSwitches,
} from "./fusion/hybrid-published";
export { type CollapseName } from "./experiments/collapse-design";
export { collapseSwitches, type CollapseVariant } from "./experiments/collapse-switches";
export { type CollapseResult } from "./experiments/collapse-result";
export { type SubsetAnswer } from "./experiments/collapse-answers";
export {
  answersAsTrained,
  answersUnder,
  type CollapseCurveRow,
  collapseCurves,
  collapseDifferences,
  type CollapseGain,
  collapseGains,
  type CollapseLine,
  meanAccuracy,
  ofVariant,
} from "./experiments/collapse-summary";
export { type CollapseCurve, collapseCurvesFigure } from "./figures/collapse-curves";
export { type CollapseLadderRow, collapseLadderFigure } from "./figures/collapse-ladder";
export { collapseHere, keptCollapse } from "./notebook-collapse";
export { eavEmotions, electrodes } from "./data/eav-layout";
export { readEav } from "./data/eav";
export { simulateEav } from "./data/simulate-eav";
export { eavCeiling, eavCues, type EavView } from "./data/simulate-eav-cues";
export { readSimulatedEav } from "./data/simulate-eav-reader";
export { trialsInOrder } from "./data/trials-in-order";
export { attendOthersFusion, concatFusion, gatedProjectionFusion } from "./fusion/fusion-modes";
export { type FusionMode, publishedMode } from "./fusion/fusion-modes-published";
export { BatchAttention } from "./fusion/batch-attention";
export { eegAudioPreset, fusionModes } from "./experiments/eeg-audio-presets";
export { type CeilingRow, type ScoreRow, scoresAndCeilingsFigure } from "./figures/scores-and-ceilings";
export { eegAudioWindows } from "./notebook-eeg-audio";
export { type AlignmentName, alignments } from "./data/alignment-registry";
export { type RowsLeft, rowsLeftOf } from "./data/row-deletion";
export { delayed, type LagRow, lagRows } from "./data/lag";
export { statisticNames } from "./data/window-statistics";
export * from "./calibration/answers";
export { auroc } from "./calibration/auroc";
export { binOf, equalMassBins, equalWidthBins } from "./calibration/bins";
export { type BrierParts, brierParts, brierScore } from "./calibration/brier";
export * from "./calibration/calibration-gaps";
export { type CalibrationScores, calibrationScores } from "./calibration/calibration-scores";
export { type Calibrator } from "./calibration/calibrator";
export { type ClassTable, classTable, pickWindows, rowOf, stackTables } from "./calibration/class-table";
export { adaptiveClasswiseError, classwiseError } from "./calibration/classwise-error";
export { coverageBy, coverageOf, fitConformal } from "./calibration/conformal";
export { calibrationPublished } from "./calibration/ece-published";
export { doubtOf, meanProbabilities } from "./calibration/ensemble";
export { entropies } from "./calibration/entropy";
export { fitHistogramBinning } from "./calibration/histogram-binning";
export { fitIsotonic } from "./calibration/isotonic";
export { logitLoss, logLoss } from "./calibration/log-loss";
export { fitMatrixScaling } from "./calibration/matrix-scaling";
export { fitModalityTemperature } from "./calibration/modality-temperature";
export { probabilitiesOf } from "./calibration/probabilities";
export { type ReliabilityRow, withPeople, withWilson } from "./calibration/reliability-rows";
export { coverageAt, riskCoverage, selectiveAccuracy } from "./calibration/risk-coverage";
export { confidenceHistogram, sharpness } from "./calibration/sharpness";
export { strangenessScores } from "./calibration/strangeness-scores";
export { fitSubsetTemperature } from "./calibration/subset-temperature";
export { bestTemperature, fitTemperature } from "./calibration/temperature";
export { temperaturePublished } from "./calibration/temperature-published";
export { type TopLabels, topLabels } from "./calibration/top-label";
export { fitVectorScaling } from "./calibration/vector-scaling";
export { wilsonInterval } from "./calibration/wilson";
export { calibrationFits } from "./experiments/calibration-fits";
export { calibrationOfRuns, type LoggedRun } from "./experiments/calibration-of-runs";
export { type CalibrationResult } from "./experiments/calibration-result";
export { type BeforeAfterRow, beforeAndAfterFigure } from "./figures/before-and-after";
export { conformalCoverageFigure, type CoverageRow } from "./figures/conformal-coverage";
export { reliabilityFigure, type ReliabilityBin } from "./figures/reliability";
export { riskCoverageFigure, type RiskPoint } from "./figures/risk-coverage";
export {
  type Calibrated,
  calibrateHere,
  keptCalibrations,
  keptCalibrationsIfMade,
  unseenWindows,
} from "./notebook-calibration";
export { type Strange, strangeHere, type StrangeOptions } from "./notebook-strangeness";
export { type PooledReliability, pooledReliability } from "./experiments/pooled-reliability";
export { dropoutPasses, type DropoutPassOptions } from "./train/dropout-passes";
export {
  type SharedPrivate,
  sharedPrivate,
  type SharedPrivateOptions,
  sharedPrivateSensors,
  type SharedPrivateTruth,
  simulateSharedPrivate,
} from "./data/simulate-shared-private";
export { signature } from "./transfer/signature";
export { signatureDistance } from "./transfer/signature-distance";
export { type Normalisation, normalisations } from "./transfer/normalise";
export { gatedMean } from "./transfer/gated-mean";
export { unimodalModel } from "./transfer/unimodal-model";
export { insideOf } from "./transfer/inside";
export {
  differenceOf,
  type Gain,
  type GainOptions,
  gains,
  negativeTransfer,
  strengthOf,
} from "./experiments/d-cat-summary";
export { directionOf, labelOf as transferLabelOf } from "./experiments/d-cat-label";
export type { DCatResult } from "./experiments/d-cat-result";
export { type SignaturePanel, signaturesFigure } from "./figures/signatures";
export { type GainAgainstPullRow, gainAgainstPullFigure } from "./figures/gain-against-pull";
export { type ArmFacts, armFacts, countVerdicts, gainRows } from "./experiments/d-cat-tables";
export { type GateCase, gateCases, learnGateRule, testGateRule } from "./experiments/d-cat-gate";
export { signRows } from "./experiments/d-cat-signs";
export { costRows } from "./experiments/d-cat-cost";
export { dCatHere, keptDCat, keptSeconds, showGains, signaturesHere } from "./notebook-d-cat";
export { modalityChannels } from "./attention/modality-channels";
export { type MaskTable, type TokenPlan, tokenPlan } from "./attention/token-plan";
export { channelMask } from "./attention/channel-mask";
export { zorroMask } from "./attention/zorro-mask";
export { openMask } from "./attention/open-mask";
export { randomChannelMask } from "./attention/random-channel-mask";
export { poolMask } from "./attention/pool-mask";
export { poolMaskPublished } from "./attention/pool-mask-published";
export { everythingPasses, sampledPasses } from "./attention/everything-passes";
export {
  type FusionNetworkOptions,
  layoutOf,
  type ModalityTokens,
  type NetworkOptions,
} from "./contrastive/network-options";
export { fusionNetwork, fusionNetworkShapes } from "./contrastive/fusion-network";
export { everythingNetwork, everythingShapes } from "./contrastive/everything-network";
export { type Embedded, type Network, type Target } from "./contrastive/network";
export { countOf } from "./contrastive/weights";
export {
  contrastPairs,
  disjointPairs,
  overlappingPairs,
  overlappingPairsPublished,
  pairsWithoutFirst,
  type Pair,
} from "./contrastive/pairs";
export { infoNce } from "./contrastive/info-nce";
export { infoNcePublished } from "./contrastive/info-nce-published";
export { everythingLoss } from "./contrastive/everything-loss";
export { pairLoss } from "./contrastive/pair-loss";
export { medianOf, ranksOf, recallAt, type Retrieval, retrieval } from "./metrics/retrieval";
export { alignment, uniformity } from "./metrics/alignment-uniformity";
export { collapseAlarm, effectiveRank } from "./metrics/effective-rank";
export { meanAbsoluteError, pearson } from "./metrics/pearson";
export { nearestNeighbours } from "./metrics/nearest-neighbours";
export {
  missingPlan,
  type MissingRule,
  realisedShare,
  shareLeft,
  subsetHistogram,
} from "./data/missing-plan";
export { type TokenData } from "./data/token-data";
export { informationCeiling, simulateInformation } from "./data/simulate-information";
export { type McaResult } from "./experiments/mca-result";
export {
  accuraciesOf,
  breakPoints,
  combinationRows,
  groupsOf,
  lossRows,
  retrievalRows,
  spaceRows,
} from "./experiments/mca-rows";
export { mcaMethodName, missingName, trapsOf } from "./experiments/mca-names";
export { type McaSign, mcaSigns } from "./experiments/mca-signs";
export { calibrationRows, comparisonRows, foundRows, probeRows } from "./experiments/mca-tables";
export { type McaTrap } from "./experiments/mca-trap";
export { mcaTraps } from "./experiments/mca-traps";
export { modalityCosts, type NetworkCost } from "./experiments/mca-costs";
export { growthOf } from "./experiments/mca-growth";
export { type McaModalityRow, readMcaBench } from "./experiments/mca-bench";
export { embeddingsOf, movedTargets, waveSample } from "./contrastive/touch";
export { type LabelledPresence, missingDependence, toldByPresence } from "./data/missing-dependence";
export { gapsOf, missingTogether } from "./data/missing-tables";
export { type MissingnessDescription } from "./experiments/missingness-description";
export { keptMissingness, wildScores, wildTable } from "./notebook-missingness";
export { finishedSplits, type WildRow, wildRows } from "./experiments/mca-wild-rows";
export { mcaHere, showKeptMca } from "./notebook-mca";
export { type MaskCell, maskPictureFigure } from "./figures/mask-picture";
export { type LossPoint, lossOfModalitiesFigure } from "./figures/loss-of-modalities";
export { type SpacePoint, spacePlaneFigure } from "./figures/space-plane";
export { costByModalitiesFigure, type ModalityCost } from "./figures/cost-by-modalities";
export { multiplyAdds } from "./contrastive/multiply-adds";
