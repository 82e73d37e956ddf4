// Stores, finds and fetches with npm's dicomweb-client, as a viewer would. Prints what it saw as JSON.
// Arguments: the folder of node modules, the DICOMweb address, a DICOM file.
const {createRequire} = require('module');
const fs = require('fs');
const [modules, url, file] = process.argv.slice(2);
const load = createRequire(modules + '/');
globalThis.XMLHttpRequest = load('xhr2');
const {api} = load('dicomweb-client');

async function main() {
  const client = new api.DICOMwebClient({url});
  const bytes = fs.readFileSync(file);
  const datasets = [bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)];
  await client.storeInstances({datasets});
  const studies = await client.searchForStudies({queryParams: {PatientID: 'npm-1', limit: 5}});
  const studyInstanceUID = studies[0]['0020000D'].Value[0];
  const series = await client.searchForSeries({studyInstanceUID});
  const seriesInstanceUID = series[0]['0020000E'].Value[0];
  const instances = await client.searchForInstances({studyInstanceUID, seriesInstanceUID});
  const sopInstanceUID = instances[0]['00080018'].Value[0];
  const one = {studyInstanceUID, seriesInstanceUID, sopInstanceUID};
  const metadata = await client.retrieveSeriesMetadata({studyInstanceUID, seriesInstanceUID});
  const instance = await client.retrieveInstance(one);
  const study = await client.retrieveStudy({studyInstanceUID});
  const frames = await client.retrieveInstanceFrames({...one, frameNumbers: [1]});
  const bulk = await client.retrieveBulkData({BulkDataURI: metadata[0]['7FE00010'].BulkDataURI});
  const rendered = await client.retrieveInstanceRendered({...one, mediaTypes: [{mediaType: 'image/png'}]});
  const missing = await client.retrieveInstanceMetadata({...one, sopInstanceUID: '1.2.3'}).catch(e => e.status);
  console.log(JSON.stringify({
    studies: studies.length, series: series.length, instances: instances.length, metadata: metadata.length,
    same: Buffer.compare(Buffer.from(instance), bytes) === 0, study: study.length,
    frame: Array.from(new Uint8Array(frames[0])), bulk: Array.from(new Uint8Array(bulk[0])),
    rendered: Buffer.from(rendered[0]).subarray(1, 4).toString(), missing}));
}

main().catch(error => { console.error(error); process.exit(1); });
